"""The GPMI contract from the plan, with the contents of KB 3/10/2016 art. 11 (GPMI-11)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from clienten.models import Client, Toewijzing
from kern.errors import DomainError
from kern.pdf import render_pdf
from trajecten.afdruk.regels import KANT, Planinhoud, Regel, in_vieren, lees
from trajecten.enums import Levensdomein, Stem, Uitvoerder
from trajecten.models import Gpmi, Planversie
from trajecten.queries import regels_voor
from trajecten.queries.plan import Plan, read_plan
from trajecten.queries.tekstblokken import Tekst, teksten_op
from trajecten.rules.gpmi import GpmiFeiten, teken_tegen, vroegste_handtekening
from trajecten.rules.gpmi_inhoud import Leegte, wat_ontbreekt
from trajecten.rules.termijn import RegelRij, Termijn, geldige_regel

TEMPLATE = "pdf/gpmi.html"
STYLES = ("css/pdf-blad.css", "css/pdf-gpmi.css")
# Sources begin with the number of our own register of rules, which says nothing to a reader.
_REGISTER = re.compile(r"^[A-Z0-9]+-[A-Z0-9]+[a-z]?[;,:]\s*")
PARTIJEN = (
    ("Wat het OCMW doet", Stem.OCMW),
    ("Wat de cliënt doet", Stem.CLIENT),
    ("Wat derden doen", Stem.PARTNER),
)
# As a contract names who moves along.
NAMEN = {
    Uitvoerder.CLIENT: "de cliënt",
    Uitvoerder.MEDEWERKER: "de begeleider",
    Uitvoerder.OCMW: "het OCMW",
    Uitvoerder.PARTNER: "een partner",
}


@dataclass(frozen=True, slots=True)
class Deel:
    """What one party promises, step by step."""

    titel: str
    kant: Stem
    stappen: tuple[Regel, ...]

    def samen_met(self) -> list[tuple[Regel, list[str]]]:
        """Return each step with the others who move in it."""
        return [
            (
                regel,
                [
                    (mover == Uitvoerder.PARTNER and regel.partner) or NAMEN[mover]
                    for mover in regel.uitvoerders
                    if KANT[mover] != self.kant
                ],
            )
            for regel in self.stappen
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpmiblad:
    """Everything the templates of `pdf/gpmi*` need."""

    gpmi: Gpmi
    client: Client
    bestuur: str
    begeleider: str
    inhoud: Planinhoud
    ontbreekt: tuple[Leegte, ...]
    tekenen: Termijn
    vroegste: Termijn | None
    bedenktijd: RegelRij
    evaluaties: tuple[RegelRij, RegelRij]
    teksten: Mapping[str, Tekst]
    versie: Planversie | None
    hash: str
    moment: datetime
    lang: str = "nl-BE"
    dir: str = "ltr"

    @property
    def naam(self) -> str:
        """The client as the contract names her."""
        return f"{self.client.voornaam} {self.client.familienaam}".strip()

    @property
    def delen(self) -> list[Deel]:
        """What each party promises."""
        return [Deel(titel, stem, tuple(self.inhoud.met(stem))) for titel, stem in PARTIJEN]

    @property
    def domeinen(self) -> list[Levensdomein]:
        """The activity domains of the goals."""
        found = {regel.domein for regel in self.inhoud.doelen}
        return [domein for domein in Levensdomein if domein in found]

    @property
    def derden(self) -> list[str]:
        """The third parties that take part, each once."""
        return list(dict.fromkeys(r.partner for r in self.inhoud.met(Stem.PARTNER) if r.partner))

    @property
    def laatste_dag(self) -> date | None:
        """The last day on which a step is due."""
        return max((regel.tegen for regel in self.inhoud.stappen if regel.tegen), default=None)

    @property
    def kenmerk(self) -> str:
        """The hash as people can compare it."""
        return in_vieren(self.hash)

    @property
    def is_getekend(self) -> bool:
        """Tell whether the signature was noted."""
        return self.gpmi.ondertekend_op is not None

    @property
    def blokkeert(self) -> tuple[Leegte, ...]:
        """Return why the paper may not be made."""
        return tuple(leegte for leegte in self.ontbreekt if leegte.blokkeert)

    @property
    def bronnen(self) -> list[str]:
        """Return the rules it stands on, with their sources in words."""
        rijen = [*self.tekenen.regels, self.bedenktijd, *self.evaluaties]
        return list(dict.fromkeys(_REGISTER.sub("", rij.bron) for rij in rijen))


def gpmi_blad(gpmi: Gpmi, *, at: datetime, plan: Plan | None = None) -> Gpmiblad:
    """Gather the contract: what both agreed to, and before the signature the plan as it stands.

    A signed contract changes by agreement only (GPMI-10): it speaks of the version in force and
    of the moment that version came to hold, whatever is proposed since. Who read the plan
    already hands it in.
    """
    client = gpmi.client
    plan = plan or read_plan(client)
    versie = _versie(plan, gpmi)
    inhoud = versie.inhoud if versie else plan.inhoud
    moment = versie.van_kracht_at if versie and versie.van_kracht_at and _is_signed(gpmi) else at
    dag = timezone.localdate(moment)
    regels = regels_voor(gpmi.bestuur_id)
    feiten = GpmiFeiten(
        beslissing_op=gpmi.beslist_op,
        ontwerp_op=gpmi.ontwerp_op,
        ondertekend_op=gpmi.ondertekend_op,
    )
    bedenktijd = geldige_regel(regels, "gpmi.bedenktijd_dagen", op=gpmi.ontwerp_op or dag)
    return Gpmiblad(
        gpmi=gpmi,
        client=client,
        bestuur=client.bestuur.naam,
        begeleider=_begeleider(client, dag),
        inhoud=lees(inhoud),
        ontbreekt=wat_ontbreekt(inhoud),
        tekenen=teken_tegen(feiten, regels),
        vroegste=vroegste_handtekening(gpmi.ontwerp_op, regels) if gpmi.ontwerp_op else None,
        bedenktijd=bedenktijd,
        evaluaties=(
            geldige_regel(regels, "gpmi.evaluaties_per_jaar", op=dag),
            geldige_regel(regels, "gpmi.evaluaties_persoonlijk", op=dag),
        ),
        teksten=teksten_op(client.bestuur, op=moment, bedenktijd=bedenktijd.waarde),
        versie=versie,
        hash=versie.hash if versie else plan.hash,
        moment=moment,
    )


def gpmi_pdf(gpmi: Gpmi, *, at: datetime) -> bytes:
    """Return the contract as a tagged PDF, or refuse while something stands in it that may not."""
    blad = gpmi_blad(gpmi, at=at)
    if blad.blokkeert:
        raise DomainError(f"{blad.blokkeert[0].tekst}.")
    return render_pdf(TEMPLATE, {"blad": blad}, styles=STYLES)


def _is_signed(gpmi: Gpmi) -> bool:
    return gpmi.ondertekend_op is not None


def _versie(plan: Plan, gpmi: Gpmi) -> Planversie | None:
    """Return the version whose words the contract holds, or None for the plan as it stands."""
    if plan.van_kracht is None or not (_is_signed(gpmi) or plan.is_van_kracht):
        return None
    return plan.van_kracht.versie


def _begeleider(client: Client, dag: date) -> str:
    rows = Toewijzing.objects.owned_by(client).active_on(dag).select_related("gebruiker")
    found = rows.order_by("-is_spilfiguur", "pk").first()
    return found.gebruiker.naam if found else ""

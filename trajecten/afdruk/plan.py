"""The step plan in large type, in the client's language: a version from its frozen content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import translation

from clienten.enums import Taal
from clienten.models import Client
from kern.pdf import render_pdf
from trajecten.afdruk.regels import SAMEN, Planinhoud, Regel, in_vieren, lees
from trajecten.enums import Stem
from trajecten.models import Akkoord, Planversie, Reactie
from trajecten.queries.plan import Plan, Versieblad, read_plan, versies_of
from trajecten.queries.tekstblokken import Tekst, teksten_op
from trajecten.rules.plan.inhoud import DOEL, STAP

TEMPLATE = "pdf/plan.html"
STYLES = ("css/pdf-blad.css", "css/pdf-groot.css")
# Our code, and the language tag of Django and of the document.
TALEN = {"nl": "nl-be", "fr": "fr", "en": "en", "ar": "ar"}


@dataclass(frozen=True, slots=True)
class Ondertekening:
    """How one side agreed."""

    akkoord: Akkoord

    @property
    def taal(self) -> str:
        """The language in which it was talked over, named in the language in use."""
        code = self.akkoord.taal
        try:
            return str(translation.get_language_info(code)["name_translated"])
        except KeyError:
            return str(Taal(code).label) if code in Taal.values else code


# An answer of a partner, with the goal or step it is about.
Woord = tuple[tuple[str, int], Reactie]


@dataclass(frozen=True, slots=True)
class Meespraak:
    """What partners said about one goal or step, each the last time; it decided nothing."""

    tekst: str
    woorden: tuple[Reactie, ...]


class Stand(StrEnum):
    """What the paper is: a proposal, one side's agreement, or what both agreed to."""

    VOORSTEL = "voorstel"
    VOORGELEGD = "voorgelegd"
    VAN_KRACHT = "van_kracht"
    VERVANGEN = "vervangen"
    INGETROKKEN = "ingetrokken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planblad:
    """Everything the templates of `pdf/plan*` need."""

    client: Client
    bestuur: str
    taal: str
    stand: Stand
    inhoud: Planinhoud
    hash: str
    moment: datetime
    teksten: Mapping[str, Tekst]
    versie: Planversie | None = None
    akkoorden: tuple[Ondertekening, ...] = ()
    partners: tuple[Meespraak, ...] = ()
    # The version that holds while this one is only proposed.
    geldt_nog: Planversie | None = None

    @property
    def naam(self) -> str:
        """The client as one speaks to her: first name first."""
        return f"{self.client.voornaam} {self.client.familienaam}".strip()

    @property
    def roepnaam(self) -> str:
        """Her first name, beside her words."""
        return self.client.voornaam or self.client.familienaam

    @property
    def lang(self) -> str:
        """The language tag of the document."""
        return "nl-BE" if self.taal == "nl" else self.taal

    @property
    def dir(self) -> str:
        """The direction of the script."""
        return "rtl" if self.taal == "ar" else "ltr"

    @property
    def van_client(self) -> list[Regel]:
        """The steps of the client alone."""
        return self.inhoud.van(Stem.CLIENT)

    @property
    def van_samen(self) -> list[Regel]:
        """The steps that more than one side does."""
        return self.inhoud.van(SAMEN)

    @property
    def van_ocmw(self) -> list[Regel]:
        """The steps of the OCMW alone."""
        return self.inhoud.van(Stem.OCMW)

    @property
    def van_partner(self) -> list[Regel]:
        """The steps of partners alone."""
        return self.inhoud.van(Stem.PARTNER)

    @property
    def kenmerk(self) -> str:
        """The hash as people can compare it."""
        return in_vieren(self.hash)

    @property
    def is_afgesproken(self) -> bool:
        """Tell whether both sides agreed to it."""
        return self.stand in {Stand.VAN_KRACHT, Stand.VERVANGEN}


def plan_blad(client: Client, *, at: datetime, taal: str = "") -> Planblad:
    """Return the plan as it stands now; a version when one holds exactly the same words."""
    plan = read_plan(client)
    for blad in (plan.van_kracht, plan.voorgelegd):
        if blad is not None and blad.versie.hash == plan.hash:
            return _van_versie(client, blad, plan.van_kracht, _taal(client, taal), _said_now(plan))
    return _voorstel(plan, at, _taal(client, taal))


def versie_blad(client: Client, versie: Planversie, *, taal: str = "") -> Planblad | None:
    """Return one version of the client's plan, from its frozen content alone."""
    bladen = versies_of(client)
    found = next((blad for blad in bladen if blad.versie.pk == versie.pk), None)
    if found is None:
        return None
    said = _said_until(client, found.versie.voorgelegd_at)
    return _van_versie(client, found, None, _taal(client, taal), said)


def plan_pdf(client: Client, *, at: datetime, taal: str = "") -> bytes:
    """Return the plan as it stands now, in large type, as a tagged PDF."""
    return render(plan_blad(client, at=at, taal=taal))


def versie_pdf(client: Client, versie: Planversie, *, taal: str = "") -> bytes:
    """Return one version in large type; the same version gives the same bytes."""
    blad = versie_blad(client, versie, taal=taal)
    if blad is None:
        raise LookupError("a version of another client")
    return render(blad)


def render(blad: Planblad) -> bytes:
    """Return the page as PDF, its fixed words in the language of the client."""
    with translation.override(TALEN[blad.taal]):
        return render_pdf(TEMPLATE, {"blad": blad}, styles=STYLES)


def _taal(client: Client, taal: str) -> str:
    """Return the language that was asked, else that of the client; Dutch where we speak neither."""
    asked = taal or client.taal
    return asked if asked in TALEN else "nl"


def _voorstel(plan: Plan, at: datetime, taal: str) -> Planblad:
    geldt = plan.van_kracht.versie if plan.van_kracht else None
    return Planblad(
        client=plan.client,
        bestuur=plan.client.bestuur.naam,
        taal=taal,
        stand=Stand.VOORSTEL,
        inhoud=lees(plan.inhoud, eerder=geldt.inhoud if geldt else None),
        hash=plan.hash,
        moment=at,
        teksten=teksten_op(plan.client.bestuur, taal=taal, op=at),
        partners=_partners(plan.inhoud, _said_now(plan)),
        geldt_nog=geldt,
    )


def _van_versie(
    client: Client,
    blad: Versieblad,
    van_kracht: Versieblad | None,
    taal: str,
    said: Iterable[Woord],
) -> Planblad:
    versie = blad.versie
    stand = _stand(versie)
    eerder: dict[str, Any] | None = None
    geldt = None
    if stand == Stand.VOORGELEGD and van_kracht is not None:
        geldt = van_kracht.versie
        eerder = geldt.inhoud
    return Planblad(
        client=client,
        bestuur=client.bestuur.naam,
        taal=taal,
        stand=stand,
        inhoud=lees(versie.inhoud, eerder=eerder),
        hash=versie.hash,
        moment=versie.voorgelegd_at,
        # The words on the paper as they stood when it was put forward.
        teksten=teksten_op(client.bestuur, taal=taal, op=versie.voorgelegd_at),
        versie=versie,
        akkoorden=tuple(Ondertekening(row) for row in blad.akkoorden),
        partners=_partners(versie.inhoud, said),
        geldt_nog=geldt,
    )


def _partners(inhoud: Mapping[str, Any], said: Iterable[Woord]) -> tuple[Meespraak, ...]:
    """Return the last word of each partner, in the order of the content."""
    last: dict[tuple[str, int], dict[str, Reactie]] = {}
    for key, row in said:
        last.setdefault(key, {})[row.partner.casefold()] = row
    items = [*inhoud["afspraken"], *inhoud["zonder_akkoord"]]
    return tuple(
        Meespraak(item["tekst"], tuple(last[key].values()))
        for item in items
        if (key := (item["soort"], item["id"])) in last
    )


def _said_now(plan: Plan) -> list[Woord]:
    """Return what partners said about the plan, oldest first."""
    return [
        ((regel.soort, regel.item.pk), row)
        for regel in plan.regels
        for row in regel.reacties
        if row.stem == Stem.PARTNER
    ]


def _said_until(client: Client, moment: datetime) -> list[Woord]:
    """Return what partners had said at a moment, oldest first: a version prints the same again."""
    rows = Reactie.objects.owned_by(client).filter(stem=Stem.PARTNER, at__lte=moment)
    return [
        ((STAP, row.stap_id) if row.stap_id else (DOEL, row.doel_id or 0), row)
        for row in rows.order_by("at", "pk")
    ]


def _stand(versie: Planversie) -> Stand:
    if versie.ingetrokken_at is not None:
        return Stand.INGETROKKEN
    if versie.van_kracht_at is None:
        return Stand.VOORGELEGD
    return Stand.VAN_KRACHT if versie.vervangen_at is None else Stand.VERVANGEN

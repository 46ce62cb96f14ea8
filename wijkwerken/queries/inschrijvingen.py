"""What is known of one wijk-werker: enrolment, clocks, referrals, decisions, interim days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from clienten.models import Client
from kern.belgian_dates import format_short
from toegang.models import Gebruiker
from trajecten.models import Instrument, Schorsing, Traject
from trajecten.queries import feiten_van, laatste_wijziging, regels_voor
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.klokken import klok_for, zoek_termijn
from trajecten.rules.termijn import RegelRij, Soort, Termijn, zoek_regel
from trajecten.rules.wijkwerken import overgangsrecht
from wijkwerken.enums import Tussenkeuze
from wijkwerken.models import (
    Inschrijving,
    Interimdag,
    Inzet,
    Organisator,
    Toeleiding,
    Tussenbesluit,
)
from wijkwerken.queries.meters import meter_of
from wijkwerken.rules.interim import TeVeelInterim, interim_in_venster, te_veel_interim
from wijkwerken.rules.meters import Meter

EERSTE = "wijkwerken"


def wijkwerk_codes() -> tuple[str, ...]:
    """Return wijk-werken and, by the rows of the list, whatever succeeds it."""
    opvolgers = dict(
        Instrument.objects.filter(opvolger__isnull=False).values_list("code", "opvolger__code")
    )
    codes = [EERSTE]
    while (volgende := opvolgers.get(codes[-1])) and volgende not in codes:
        codes.append(volgende)
    return tuple(codes)


@dataclass(frozen=True)
class Wijkwerkblad:
    """One wijk-werker as she stands on a day."""

    inschrijving: Inschrijving
    traject: Traject
    feiten: TrajectFeiten
    regels: Sequence[RegelRij]
    termijnen: Sequence[Termijn]
    toeleidingen: Sequence[Toeleiding]
    besluiten: Sequence[Tussenbesluit]
    interimdagen: Sequence[Interimdag]
    inzetten: Sequence[Inzet]
    schorsingen: Sequence[Schorsing]
    versie: str
    on: date

    @property
    def toeleiding(self) -> Toeleiding:
        """Return who refers now, or referred last."""
        return self.toeleidingen[0]

    @cached_property
    def meter(self) -> Meter:
        """Return the hours against their caps."""
        return meter_of(self.inschrijving, on=self.on, regels=self.regels)

    @cached_property
    def overgang(self) -> RegelRij | None:
        """Return the rule that frees her from the limit of months, if one does."""
        return overgangsrecht(self.feiten, self.regels)

    @cached_property
    def te_veel_interim(self) -> TeVeelInterim | None:
        """Return the window with too many days of interim work; announced days count too."""
        return te_veel_interim((row.dag for row in self.interimdagen), self.regels)

    @property
    def interim_zin(self) -> str:
        """Return what is wrong with the days of interim work; empty when nothing."""
        found = self.te_veel_interim
        if found is None:
            return ""
        van, tot = found.venster.begin, found.venster.end or found.venster.begin
        return (
            f"{found.dagen} interimdagen van {format_short(van)} t.e.m. {format_short(tot)}. Er "
            f"mogen er {found.hoogstens} zijn: meer beëindigt het recht op wijk-werken."
        )

    @property
    def venster_tot(self) -> date:
        """Return the last day of the window that counts: today, or the end."""
        return min(self.on, self.traject.einddatum or self.on)

    @cached_property
    def interim(self) -> tuple[int, int]:
        """Return the days of interim work in the window up to today, and how many may be."""
        return interim_in_venster(
            (row.dag for row in self.interimdagen), self.regels, op=self.venster_tot
        )

    @cached_property
    def venster_dagen(self) -> int:
        """Return how long the window is."""
        regel = zoek_regel(
            self.regels, "wijkwerken.interim_venster_dagen", start=self.on, op=self.on
        )
        return regel.getal if regel else 0

    @property
    def evaluatie_dag(self) -> date | None:
        """Return the day by which is decided: on, or to the next step."""
        for termijn in self.termijnen:
            is_review = termijn.klok.endswith(".evaluatie") or termijn.soort is Soort.HERBEOORDELING
            if is_review and termijn.uiterste_dag is not None:
                return termijn.uiterste_dag
        return None

    @property
    def gaat_verder(self) -> bool:
        """Tell whether the last decision was to go to the next step."""
        return bool(self.besluiten) and self.besluiten[0].keuze == Tussenkeuze.VOLGENDE_STAP

    @property
    def recht_vervallen(self) -> bool:
        """Tell whether the right carried over from PWA lapsed."""
        return (
            self.overgang is not None and zoek_termijn(self.termijnen, "wijkwerken.verval") is None
        )

    @property
    def toestemming(self) -> str:
        """Return what is wrong with the permission of the adviserend arts; empty when nothing."""
        row = self.inschrijving
        if not row.is_arbeidsongeschikt or self.traject.einddatum is not None:
            return ""
        if row.toestemming_van is None:
            return "Er is nog geen toestemming van de adviserend arts genoteerd."
        if row.toestemming_tot is not None and row.toestemming_tot < self.on:
            return "De toestemming van de adviserend arts is voorbij."
        if row.toestemming_van > self.on:
            return "De toestemming van de adviserend arts begint later."
        return ""


def wijkwerkblad(inschrijving: Inschrijving, *, on: date) -> Wijkwerkblad:
    """Return everything about one enrolment; it comes with traject, instrument and organiser."""
    traject = inschrijving.traject
    regels = regels_voor(inschrijving.bestuur_id)
    feiten = feiten_van(traject)
    besluiten = Tussenbesluit.objects.filter(inschrijving=inschrijving)
    besluiten = besluiten.select_related("evaluatie__door")
    return Wijkwerkblad(
        inschrijving=inschrijving,
        traject=traject,
        feiten=feiten,
        regels=regels,
        termijnen=klok_for(traject.instrument.klok)(feiten, regels, op=on),
        toeleidingen=list(inschrijving.toeleidingen.order_by("-van")),
        besluiten=list(besluiten.order_by("-evaluatie__gehouden_op", "-pk")),
        interimdagen=list(inschrijving.interimdagen.order_by("-dag")),
        inzetten=list(
            Inzet.objects.filter(inschrijving=inschrijving)
            .select_related("opdracht__activiteit", "opdracht__opdrachtgever")
            .order_by("-van", "-pk")
        ),
        schorsingen=list(Schorsing.objects.filter(traject=traject).order_by("van")),
        versie=laatste_wijziging(inschrijving.client_id),
        on=on,
    )


def inschrijvingen_van(client: Client) -> list[Inschrijving]:
    """Return the enrolments of a client; the one that runs first, then the newest."""
    rows = Inschrijving.objects.filter(client=client).select_related(
        "traject__instrument", "traject__client", "organisator"
    )
    found = list(rows.order_by("-traject__begindatum", "-pk"))
    return sorted(found, key=lambda row: row.traject.einddatum is not None)


def zonder_inschrijving(client: Client) -> list[Traject]:
    """Return running trajecten of wijk-werken on which nobody enrolled her yet."""
    rows = Traject.objects.filter(client=client, wijkwerk_inschrijving__isnull=True).unfinished()
    rows = rows.filter(instrument__code__in=wijkwerk_codes())
    return list(rows.select_related("instrument", "client").order_by("begindatum", "pk"))


def startbaar_op(dag: date) -> list[Instrument]:
    """Return wijk-werken or its successor, whichever may begin on the day."""
    rows = Instrument.objects.startable_on(dag).filter(code__in=wijkwerk_codes())
    return list(rows.select_related("opvolger").order_by("pk"))


def organisatoren_op(user: Gebruiker, *, on: date, ook: int | None = None) -> QuerySet[Organisator]:
    """Return the organisers that are there on the day or later, and the one already chosen."""
    rows = Organisator.objects.visible_to(user)
    open_rows = Q(tot__isnull=True) | Q(tot__gte=on)
    return rows.filter(open_rows | Q(pk=ook)).order_by("naam", "pk")

"""From rows to the plain facts that clocks need, and the clocks of trajecten and clients."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Max, Q

from clienten.enums import StatuutSoort
from clienten.models import Client, Statuut, VdabInschrijving
from kern.periods import ONE_DAY, Period
from toegang.models import Gebeurtenis, Gebruiker
from trajecten.enums import IN_PERSOON, RegelStatus, VerlengingStatus
from trajecten.models import Evaluatie, Gpmi, Instrument, Regel, Schorsing, Traject, Verlenging
from trajecten.rules import gpmi as gpmi_klok
from trajecten.rules import vdab as vdab_klok
from trajecten.rules.feiten import EvaluatieFeit, SchorsingFeit, TrajectFeiten, VerlengingFeit
from trajecten.rules.gpmi import GpmiFeiten
from trajecten.rules.instrumenten import InstrumentRij, beoordeel_start
from trajecten.rules.klokken import klok_for
from trajecten.rules.termijn import Overgang, RegelRij, Termijn, Zekerheid
from trajecten.rules.vdab import VdabFeiten

# Whose right makes registration with VDAB a duty (TWE-14).
RECHTEN = (
    StatuutSoort.LEEFLOON,
    StatuutSoort.EQUIVALENT_LEEFLOON,
    StatuutSoort.AANVULLEND_LEEFLOON,
)


def regels_voor(bestuur_id: int | None) -> tuple[RegelRij, ...]:
    """Return the approved rules for everyone and of this bestuur, in one query."""
    rows = Regel.objects.in_use(bestuur_id).order_by("code", "geldig_van", "pk")
    return tuple(regel_rij(row) for row in rows)


def eigen_regels(bestuur_id: int) -> tuple[RegelRij, ...]:
    """Return the approved rules of this bestuur alone, to go with those for everyone."""
    rows = Regel.objects.in_use(bestuur_id).filter(bestuur=bestuur_id)
    return tuple(regel_rij(row) for row in rows.order_by("code", "geldig_van", "pk"))


def regel_rij(row: Regel) -> RegelRij:
    """Return the row as the plain value that rules read."""
    return RegelRij(
        code=row.code,
        waarde=row.waarde,
        eenheid=row.eenheid,
        geldig_van=row.geldig_van,
        geldig_tot=row.geldig_tot,
        overgang=Overgang(row.overgang),
        bron=row.bron,
        zekerheid=Zekerheid(row.zekerheid),
        eigen=row.bestuur_id is not None,
    )


def eigen_versie(row: Regel) -> RegelRij:
    """Return a proposed own version as if it were approved."""
    return replace(regel_rij(row), eigen=True)


def regels_in_gebruik(user: Gebruiker, *, on: date, zoek: str = "") -> list[Regel]:
    """Return one row a code: the version that counts on the day, an own one before a general."""
    rows = Regel.objects.visible_to(user).filter(status=RegelStatus.GOEDGEKEURD)
    rows = rows.filter(
        Q(geldig_van__isnull=True) | Q(geldig_van__lte=on),
        Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=on),
    )
    order = rows.order_by("code", F("bestuur").asc(nulls_last=True), "-geldig_van")
    found = list(order.distinct("code"))
    words = zoek.lower().split()
    return [
        row
        for row in found
        if all(word in f"{row.naam} {row.code} {row.bron}".lower() for word in words)
    ]


def instrument_rijen() -> dict[str, InstrumentRij]:
    """Return all instruments by code, as the plain values that rules read."""
    rows = Instrument.objects.select_related("opvolger").for_list()
    return {row.code: instrument_rij(row) for row in rows}


def instrument_rij(row: Instrument) -> InstrumentRij:
    """Return the instrument as the plain value that rules read."""
    return InstrumentRij(
        code=row.code,
        naam=row.naam,
        geldig_van=row.geldig_van,
        geldig_tot=row.geldig_tot,
        is_startbaar=row.is_startbaar,
        opvolger=row.opvolger.code if row.opvolger else "",
        zekerheid=Zekerheid(row.zekerheid),
    )


@dataclass(frozen=True, slots=True)
class Keuze:
    """An instrument as it is offered on a start day: open, or closed with what replaces it."""

    code: str
    naam: str
    trede: int
    mag: bool
    reden: str
    voorstel: str


def startkeuze(*, on: date) -> list[Keuze]:
    """Return all instruments, from the lowest rung up, with whether each may begin on the day."""
    rows = list(Instrument.objects.select_related("opvolger").for_list())
    rijen = {row.code: instrument_rij(row) for row in rows}
    oordelen = ((row, beoordeel_start(rijen[row.code], on, rijen)) for row in rows)
    return [
        Keuze(row.code, row.naam, row.trede, oordeel.mag, oordeel.reden, oordeel.voorstel)
        for row, oordeel in oordelen
    ]


def klok_van(code: str) -> str:
    """Return the name of the clock that an instrument carries."""
    return Instrument.objects.values_list("klok", flat=True).get(code=code)


def feiten_van(traject: Traject) -> TrajectFeiten:
    """Return what is known of one traject."""
    return feiten_van_veel([traject])[traject.pk]


def feiten_van_veel(trajecten: Sequence[Traject]) -> dict[int, TrajectFeiten]:
    """Return what is known of many trajecten, in three queries for all of them."""
    keys = [traject.pk for traject in trajecten]
    schorsingen = _grouped(Schorsing.objects.filter(traject__in=keys).order_by("van", "pk"))
    goedgekeurd = Verlenging.objects.filter(
        traject__in=keys, status=VerlengingStatus.GOEDGEKEURD
    ).order_by("tot", "pk")
    verlengingen = _grouped(goedgekeurd)
    evaluaties = _grouped(Evaluatie.objects.filter(traject__in=keys).order_by("gehouden_op", "pk"))
    return {
        traject.pk: feiten_uit(
            traject,
            schorsingen=schorsingen[traject.pk],
            verlengingen=verlengingen[traject.pk],
            evaluaties=evaluaties[traject.pk],
        )
        for traject in trajecten
    }


def feiten_uit(
    traject: Traject,
    *,
    schorsingen: Iterable[Schorsing],
    verlengingen: Iterable[Verlenging],
    evaluaties: Iterable[Evaluatie],
) -> TrajectFeiten:
    """Return the facts of a traject whose rows were already read; extensions are approved ones."""
    return TrajectFeiten(
        begindatum=traject.begindatum,
        einddatum=traject.einddatum,
        geplande_einddatum=traject.geplande_einddatum,
        beslist_op=traject.beslist_op,
        instrument=traject.instrument.code,
        schorsingen=tuple(
            SchorsingFeit(Period(row.van, row.tot), reden=row.reden) for row in schorsingen
        ),
        verlengingen=tuple(VerlengingFeit(row.tot, reden=row.reden) for row in verlengingen),
        evaluaties=tuple(evaluatie_feit(row) for row in evaluaties),
        pwa_overeenkomst_op=traject.pwa_overeenkomst_op,
        laatste_prestatie_op=traject.laatste_prestatie_op,
        tewerkstelling_begindatum=traject.tewerkstelling_begindatum,
        uren_per_week=traject.uren_per_week,
    )


def evaluatie_feit(row: Evaluatie) -> EvaluatieFeit:
    """Return the evaluation as the plain value that rules read."""
    return EvaluatieFeit(row.gehouden_op, persoonlijk=row.wijze in IN_PERSOON)


def termijnen_van(
    traject: Traject, *, on: date, regels: Sequence[RegelRij] | None = None
) -> tuple[Termijn, ...]:
    """Return the clocks of one traject as they stand on a day; the limit comes first."""
    return termijnen_van_veel([traject], on=on, regels=regels)[traject.pk]


def termijnen_van_veel(
    trajecten: Sequence[Traject], *, on: date, regels: Sequence[RegelRij] | None = None
) -> dict[int, tuple[Termijn, ...]]:
    """Return the clocks of many trajecten of one bestuur, in a fixed number of queries.

    The trajecten come with their instrument (`select_related`).
    """
    if not trajecten:
        return {}
    rijen = regels_voor(trajecten[0].bestuur_id) if regels is None else regels
    feiten = feiten_van_veel(trajecten)
    return {
        traject.pk: klok_for(traject.instrument.klok)(feiten[traject.pk], rijen, op=on)
        for traject in trajecten
    }


def instrumenten_voor(client_id: int, *, on: date) -> list[Traject]:
    """Return the client's trajecten that run on the day, with their instrument."""
    rows = Traject.objects.filter(client=client_id).open_on(on).select_related("instrument")
    return list(rows.order_by("begindatum", "pk"))


# A change in these makes an open page stale; a note in the log does not.
WATCHED = (
    "trajecten_traject",
    "trajecten_schorsing",
    "trajecten_verlenging",
    "trajecten_evaluatie",
    "trajecten_gpmi",
    "wijkwerken_inschrijving",
    "wijkwerken_toeleiding",
)


def laatste_wijziging(client_id: int) -> str:
    """Return the number of the last change in the client's trajecten, as the trail counts them."""
    rows = Gebeurtenis.objects.filter(client_id=client_id, tabel__in=WATCHED)
    return str(rows.aggregate(laatste=Max("pk"))["laatste"] or 0)


def lopend_gpmi(client_id: int) -> Gpmi | None:
    """Return the client's contract without an end, signed or still to sign."""
    return Gpmi.objects.filter(client=client_id, einddatum__isnull=True).first()


@dataclass(frozen=True, slots=True)
class Klokgroep:
    """The clocks that run on one thing of a client: a traject, her GPMI, or VDAB."""

    naam: str
    begin: date
    termijnen: tuple[Termijn, ...]
    traject: Traject | None = None
    gpmi: Gpmi | None = None


def klokken_van_client(
    client: Client, *, on: date, regels: Sequence[RegelRij] | None = None
) -> tuple[Klokgroep, ...]:
    """Return every clock that runs on the client: trajecten, GPMI, registration with VDAB."""
    rows = Traject.objects.filter(client=client).unfinished().select_related("instrument")
    trajecten = list(rows.order_by("begindatum", "pk"))
    gpmi = lopend_gpmi(client.pk)
    recht = recht_van(client.pk, on=on)
    if not trajecten and gpmi is None and recht is None:
        return ()
    rijen = regels_voor(client.bestuur_id) if regels is None else regels
    klokken = termijnen_van_veel(trajecten, on=on, regels=rijen)
    groepen = [
        Klokgroep(row.instrument.naam, row.begindatum, klokken[row.pk], traject=row)
        for row in trajecten
    ]
    if gpmi is not None:
        termijnen = gpmi_klok.bereken(gpmi_feiten(gpmi), rijen, op=on)
        groepen.append(Klokgroep("GPMI", gpmi.beslist_op, termijnen, gpmi=gpmi))
    if recht is not None:
        feiten = vdab_feiten(recht, _vdab_rij(client.pk, on))
        termijnen = vdab_klok.bereken(feiten, rijen, op=on)
        groepen.append(Klokgroep("VDAB", feiten.beslissing_op, termijnen))
    return tuple(groepen)


def gpmi_feiten(gpmi: Gpmi) -> GpmiFeiten:
    """Return what is known of a GPMI."""
    evaluaties = gpmi.evaluaties.order_by("gehouden_op", "pk")
    return GpmiFeiten(
        beslissing_op=gpmi.beslist_op,
        ontwerp_op=gpmi.ontwerp_op,
        ondertekend_op=gpmi.ondertekend_op,
        einddatum=gpmi.einddatum,
        evaluaties=tuple(evaluatie_feit(row) for row in evaluaties),
    )


def gpmi_termijnen(
    gpmi: Gpmi, *, on: date, regels: Sequence[RegelRij] | None = None
) -> tuple[Termijn, ...]:
    """Return the clocks of one GPMI as they stand on a day."""
    rijen = regels_voor(gpmi.bestuur_id) if regels is None else regels
    return gpmi_klok.bereken(gpmi_feiten(gpmi), rijen, op=on)


def recht_van(client_id: int, *, on: date) -> Statuut | None:
    """Return the leefloon (or equivalent) of the client, with the day of the first decision.

    Another category follows without a gap: the decision that opened the right counts.
    """
    rows = list(
        Statuut.objects.filter(client=client_id, soort__in=RECHTEN, van__lte=on).order_by("-van")
    )
    if not rows:
        return None
    recht, eerste = rows[0], rows[0]
    for vorige in rows[1:]:
        if vorige.tot is None or vorige.tot + ONE_DAY != eerste.van:
            break
        eerste = vorige
    recht.beslist_op = eerste.beslist_op or eerste.van
    return recht


def vdab_feiten(recht: Statuut, inschrijving: VdabInschrijving | None) -> VdabFeiten:
    """Return what is known of a right and its registration."""
    beslist_op = recht.beslist_op or recht.van
    if inschrijving is None:
        return VdabFeiten(beslissing_op=beslist_op, recht_tot=recht.tot)
    vrij = inschrijving.vrijstelling
    return VdabFeiten(
        beslissing_op=beslist_op,
        ingeschreven_op=None if vrij else inschrijving.van,
        vrijstelling_reden=inschrijving.get_vrijstelling_display().lower() if vrij else "",
        herziening_op=inschrijving.herziening_op,
        recht_tot=recht.tot,
    )


def _vdab_rij(client_id: int, on: date) -> VdabInschrijving | None:
    rows = VdabInschrijving.objects.filter(client=client_id).active_on(on)
    return rows.order_by("-van").first()


_Grouped = Mapping[int, list]  # type: ignore[type-arg]


def _grouped(rows: Iterable) -> _Grouped:  # type: ignore[type-arg]
    found: dict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for row in rows:
        found[row.traject_id].append(row)
    return found

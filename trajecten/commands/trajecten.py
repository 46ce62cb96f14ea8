"""Starting and correcting a traject."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import NoReturn

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from kern.periods import add_months
from toegang import audit
from toegang.models import Gebruiker
from trajecten.berekening import op_te_slaan, recompute
from trajecten.commands.follow_up import after_change, lock
from trajecten.commands.gegevens import TrajectGegevens
from trajecten.models import Instrument, Traject
from trajecten.queries import feiten_uit, instrument_rij, regels_voor
from trajecten.rules.ama import beoordeel_uren
from trajecten.rules.instrumenten import beoordeel_start
from trajecten.rules.klokken import klok_for
from trajecten.rules.termijn import RegelRij, Soort, Termijn

FAR_BACK_YEARS = 10
FAR_AHEAD_MONTHS = 12
GESLOTEN = (
    "Dit instrument is op die dag niet te starten. Kies een ander instrument of een andere dag."
)
HANGT_VAST = "Aan dit traject hangt al iets vast. Beëindig het in plaats daarvan."

_refuse = partial(
    refuse_on,
    Traject,
    "traject_geen_overlap",
    "traject_einde_na_begin",
    "traject_gepland_na_begin",
    "traject_uren_per_week",
    traject_binnen_instrument=GESLOTEN,
)


@transaction.atomic
def start_traject(
    *,
    client: Client,
    instrument: Instrument,
    gegevens: TrajectGegevens,
    by: Gebruiker,
    at: datetime,
    reden: str = "",
    regels: Sequence[RegelRij] | None = None,
) -> Traject:
    """Start a traject on an instrument that is open on the start day.

    `reden` explains a start long ago or far ahead; `regels` spares a query in bulk work.
    """
    rijen = regels_voor(client.bestuur_id) if regels is None else regels
    _controleer(client, instrument, gegevens, rijen, at=at, reden=reden)
    _controleer_overlap(client, instrument, gegevens)
    traject = Traject(
        bestuur_id=client.bestuur_id,
        client=client,
        instrument=instrument,
        groep=instrument.groep,
        **gegevens.as_columns(),
    )
    zin = f"startte {instrument.naam} op {format_short(gegevens.begindatum)}{_wegens(reden)}"
    with audit.act(zin), _refuse():
        traject.save()
        _controleer_gepland_einde(traject, recompute(traject, on=_today(at), regels=rijen))
        after_change(traject, at=at)
    return traject


@transaction.atomic
def start_trajecten(
    *,
    starts: Sequence[tuple[Client, Instrument, TrajectGegevens]],
    regels: Sequence[RegelRij],
    by: Gebruiker,
    at: datetime,
    reden: str = "",
) -> list[Traject]:
    """Start many trajecten under the same rules as one; all of them, or none.

    Signals are left to the caller, who ends with `refresh_signalen`.
    """
    for client, instrument, gegevens in starts:
        _controleer(client, instrument, gegevens, regels, at=at, reden=reden)
    _controleer_overlap_van_veel(starts)
    rows = []
    for client, instrument, gegevens in starts:
        traject = Traject(
            bestuur_id=client.bestuur_id,
            client=client,
            instrument=instrument,
            groep=instrument.groep,
            **gegevens.as_columns(),
        )
        feiten = feiten_uit(traject, schorsingen=(), verlengingen=(), evaluaties=())
        termijnen = klok_for(instrument.klok)(feiten, regels, op=_today(at))
        _controleer_gepland_einde(traject, termijnen)
        dagen = op_te_slaan(termijnen)
        traject.uiterste_dag, traject.herziening_op = dagen.uiterste_dag, dagen.herziening_op
        rows.append(traject)
    with audit.act(f"startte {len(rows)} trajecten{_wegens(reden)}"), _refuse():
        return Traject.objects.bulk_create(rows)


@transaction.atomic
def correct_traject(
    *,
    traject: Traject,
    gegevens: TrajectGegevens,
    by: Gebruiker,
    at: datetime,
    reden: str = "",
    versie: str = "",
) -> Traject:
    """Correct the facts of a traject; everything that depends on them is checked again."""
    row = lock(traject, versie=versie)
    rijen = regels_voor(row.bestuur_id)
    if gegevens == TrajectGegevens.of(row):
        return row
    _controleer(row.client, row.instrument, gegevens, rijen, at=at, reden=reden)
    _controleer_overlap(row.client, row.instrument, gegevens, behalve=row)
    _controleer_wat_eraan_hangt(row, gegevens)
    for name, value in gegevens.as_columns().items():
        setattr(row, name, value)
    with audit.act(f"verbeterde de gegevens van {row.instrument.naam}{_wegens(reden)}"), _refuse():
        row.save()
        _controleer_gepland_einde(row, recompute(row, on=_today(at), regels=rijen))
        after_change(row, at=at)
    return row


@transaction.atomic
def withdraw_start(*, traject: Traject, by: Gebruiker, at: datetime) -> None:
    """Take back a start that was entered today and on which nothing hangs yet."""
    row = lock(traject)
    if timezone.localdate(row.created_at) != _today(at):
        raise DomainError(
            "Dit traject is niet vandaag ingevoerd. Beëindig het, of verbeter de gegevens."
        )
    hangs_on = (
        row.schorsingen,
        row.verlengingen,
        row.stappen,
        row.doelen,
        row.afspraken,
        row.evaluaties,
        row.logboek,
        row.vorige,
    )
    if any(rows.exists() for rows in hangs_on):
        raise DomainError(HANGT_VAST)
    client = row.client
    with audit.act(f"trok de start van {row.instrument.naam} in"):
        row.signalen.all().delete()
        try:
            row.delete()
        except ProtectedError as error:
            raise DomainError(HANGT_VAST) from error
        after_change(client, at=at)


def _controleer(
    client: Client,
    instrument: Instrument,
    gegevens: TrajectGegevens,
    regels: Sequence[RegelRij],
    *,
    at: datetime,
    reden: str,
) -> None:
    begin = gegevens.begindatum
    today = _today(at)
    opvolger = instrument.opvolger
    andere = {opvolger.code: instrument_rij(opvolger)} if opvolger else {}
    oordeel = beoordeel_start(instrument_rij(instrument), begin, andere)
    if not oordeel.mag:
        raise DomainError(oordeel.reden)
    if client.geboortedatum is not None and begin < client.geboortedatum:
        raise DomainError(
            f"De start ligt vóór de geboorte ({format_short(client.geboortedatum)}). "
            "Kijk de start of de geboortedatum na."
        )
    if gegevens.laatste_prestatie_op is not None and gegevens.laatste_prestatie_op > today:
        raise DomainError("De laatste prestatie ligt in de toekomst. Vul een dag tot vandaag in.")
    vroegst = add_months(today, -12 * FAR_BACK_YEARS)
    if not vroegst <= begin <= add_months(today, FAR_AHEAD_MONTHS) and not reden.strip():
        raise DomainError(
            f"De start ({format_short(begin)}) ligt meer dan {FAR_BACK_YEARS} jaar terug of meer "
            f"dan {FAR_AHEAD_MONTHS} maanden vooruit. Kijk de dag na, of zeg waarom."
        )
    if instrument.code == "ama_se" and gegevens.uren_per_week is not None:
        uren = beoordeel_uren(gegevens.uren_per_week, regels, op=begin)
        if uren is not None and uren.blokkeert:
            raise DomainError(uren.reden)


def _controleer_overlap(
    client: Client,
    instrument: Instrument,
    gegevens: TrajectGegevens,
    *,
    behalve: Traject | None = None,
) -> None:
    rows = Traject.objects.filter(client=client, groep=instrument.groep).filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=gegevens.begindatum)
    )
    if behalve is not None:
        rows = rows.exclude(pk=behalve.pk)
        if behalve.einddatum is not None:
            rows = rows.filter(begindatum__lte=behalve.einddatum)
    ander = rows.select_related("instrument").order_by("begindatum").first()
    if ander is not None:
        _weiger_overlap(ander)


def _controleer_overlap_van_veel(
    starts: Sequence[tuple[Client, Instrument, TrajectGegevens]],
) -> None:
    """Look once for all clients; two new ones that clash are for the constraint to refuse."""
    rows = Traject.objects.filter(client__in={client.pk for client, _, _ in starts})
    lopend: dict[tuple[int, str], list[Traject]] = {}
    for row in rows.select_related("instrument").order_by("begindatum"):
        lopend.setdefault((row.client_id, row.groep), []).append(row)
    for client, instrument, gegevens in starts:
        for row in lopend.get((client.pk, instrument.groep), ()):
            if row.einddatum is None or row.einddatum >= gegevens.begindatum:
                _weiger_overlap(row)


def _weiger_overlap(ander: Traject) -> NoReturn:
    if ander.einddatum is None:
        loopt, uitweg = f"sinds {format_short(ander.begindatum)}", "Beëindig dat traject eerst."
    else:
        loopt = f"van {format_short(ander.begindatum)} t.e.m. {format_short(ander.einddatum)}"
        uitweg = "Kies een andere start."
    raise DomainError(f"Deze cliënt volgt al {ander.instrument.naam} {loopt}. {uitweg}")


def _controleer_gepland_einde(traject: Traject, termijnen: Sequence[Termijn]) -> None:
    gepland = traject.geplande_einddatum
    limiet = next((item for item in termijnen if item.soort is Soort.LIMIET), None)
    if gepland is None or limiet is None or not limiet.blokkeert or traject.einddatum:
        return
    if limiet.uiterste_dag is not None and gepland > limiet.uiterste_dag:
        raise DomainError(
            f"Het geplande einde ({format_short(gepland)}) ligt na de uiterste dag "
            f"({format_short(limiet.uiterste_dag)}). Vraag een verlenging of kies een vroegere dag."
        )


def _controleer_wat_eraan_hangt(traject: Traject, gegevens: TrajectGegevens) -> None:
    begin = gegevens.begindatum
    if traject.einddatum is not None and begin > traject.einddatum:
        raise DomainError(
            f"Het traject eindigde op {format_short(traject.einddatum)}: "
            "de start kan niet later liggen."
        )
    eerste = traject.schorsingen.filter(van__lt=begin).order_by("van").first()
    if eerste is not None:
        raise DomainError(
            f"Er is een schorsing vanaf {format_short(eerste.van)}, vóór deze start. "
            "Verbeter eerst de schorsing."
        )
    evaluatie = traject.evaluaties.filter(gehouden_op__lt=begin).order_by("gehouden_op").first()
    if evaluatie is not None:
        raise DomainError(
            f"Er is een evaluatie op {format_short(evaluatie.gehouden_op)}, vóór deze start. "
            "Kijk de start na."
        )


def _wegens(reden: str) -> str:
    return f", reden: {reden.strip()}" if reden.strip() else ""


def _today(at: datetime) -> date:
    return timezone.localdate(at)

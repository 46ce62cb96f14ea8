"""The month grid: who worked, on which day, for which task, and what is left."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q, QuerySet

from kern.belgian_dates import WEEKDAGEN_KORT
from kern.periods import ONE_DAY, Period, add_months
from toegang.models import Gebruiker
from trajecten.queries import regels_voor
from trajecten.rules.termijn import RegelRij
from wijkwerken.models import Inschrijving, Inzet, Opdracht, Prestatie
from wijkwerken.queries.meters import standen_van
from wijkwerken.queries.roosterblad import Dag, Persoon, Regel, Rooster, Vak
from wijkwerken.rules.invoer import toon_uren
from wijkwerken.rules.prestaties import Grenzen, Stand, maand_van, uren_in_woorden

SAMEN = "Hier staan meer prestaties samen. Wijzig ze bij de persoon."


@dataclass(slots=True)
class _Bron:
    """What was read for a grid, before it is laid out."""

    user: Gebruiker
    maand: date
    op: date
    regels: Sequence[RegelRij]
    standen: dict[int, Stand]
    opdrachten: dict[int, dict[int, Opdracht]]
    rijen: dict[tuple[int, int, date], list[Prestatie]] = field(default_factory=dict)


def wijkwerkers(user: Gebruiker, *, maand: date) -> QuerySet[Inschrijving]:
    """Return who may have worked in the month, by name."""
    tijdvak = maand_van(maand)
    rows = Inschrijving.objects.visible_to(user).filter(
        Q(traject__einddatum__isnull=True) | Q(traject__einddatum__gte=tijdvak.begin),
        traject__begindatum__lte=tijdvak.end,
    )
    rows = rows.select_related("client", "traject", "organisator")
    return rows.order_by("client__familienaam", "client__voornaam", "pk")


def rooster(user: Gebruiker, rows: Sequence[Inschrijving], *, maand: date, op: date) -> Rooster:
    """Return the grid of these people, in four queries whatever their number."""
    eerste = maand.replace(day=1)
    dagen = _dagen(eerste, op)
    if not rows:
        return Rooster(eerste, dagen, ())
    bron = _bron(user, rows, eerste, op)
    return Rooster(eerste, dagen, tuple(_persoon(row, dagen, bron) for row in rows))


def _bron(user: Gebruiker, rows: Sequence[Inschrijving], maand: date, op: date) -> _Bron:
    keys = [row.pk for row in rows]
    tijdvak = maand_van(maand)
    bron = _Bron(
        user=user,
        maand=maand,
        op=op,
        regels=regels_voor(rows[0].bestuur_id),
        standen=standen_van({row.client_id for row in rows}, om=[maand]),
        opdrachten=defaultdict(dict),
    )
    inzetten = Inzet.objects.visible_to(user).filter(
        Q(tot__isnull=True) | Q(tot__gte=tijdvak.begin), inschrijving__in=keys, van__lte=tijdvak.end
    )
    for inzet in inzetten.select_related("opdracht__opdrachtgever").order_by("van", "pk"):
        bron.opdrachten[inzet.inschrijving_id][inzet.opdracht_id] = inzet.opdracht
    prestaties = (
        Prestatie.objects.visible_to(user)
        .valid()
        .filter(inschrijving__in=keys, dag__gte=add_months(maand, -1), dag__lte=tijdvak.end)
        .select_related("opdracht__opdrachtgever")
        .order_by("pk")
    )
    for row in prestaties:
        if row.opdracht is not None and row.dag >= maand:
            bron.opdrachten[row.inschrijving_id].setdefault(row.opdracht.pk, row.opdracht)
        plaats = (row.inschrijving_id, row.opdracht_id or 0, row.dag)
        bron.rijen.setdefault(plaats, []).append(row)
    return bron


def _dagen(maand: date, op: date) -> tuple[Dag, ...]:
    dagen, dag = [], maand
    while dag.month == maand.month:
        weekdag = dag.weekday()
        dagen.append(Dag(dag, WEEKDAGEN_KORT[weekdag], weekdag > 4, dag == op))
        dag += ONE_DAY
    return tuple(dagen)


def _persoon(row: Inschrijving, dagen: Sequence[Dag], bron: _Bron) -> Persoon:
    laatste = dagen[-1].dag
    grenzen = Grenzen(bron.regels, row.traject.begindatum)
    stand = bron.standen.get(row.client_id, Stand())
    opdrachten: list[Opdracht | None] = list(bron.opdrachten.get(row.pk, {}).values())
    los = any(key[:2] == (row.pk, 0) and key[2] >= bron.maand for key in bron.rijen)
    if los or not opdrachten:
        opdrachten.append(None)
    return Persoon(
        inschrijving=row,
        regels=tuple(_regel(row, opdracht, dagen, bron) for opdracht in opdrachten),
        maand=stand.som(maand_van(laatste)),
        maand_plafond=grenzen.maand(laatste),
        jaar=stand.som(grenzen.jaar_van(laatste)),
        jaar_plafond=grenzen.jaar(laatste),
    )


def _regel(
    row: Inschrijving, opdracht: Opdracht | None, dagen: Sequence[Dag], bron: _Bron
) -> Regel:
    key = opdracht.pk if opdracht else 0
    vakken = tuple(
        _vak(row, key, dag, bron.rijen.get((row.pk, key, dag.dag), []), bron) for dag in dagen
    )
    return Regel(opdracht, vakken, _ritme(row.pk, key, bron))


def _vak(
    row: Inschrijving, opdracht_id: int, dag: Dag, rijen: Sequence[Prestatie], bron: _Bron
) -> Vak:
    minuten = sum(rij.minuten for rij in rijen)
    vak = Vak(
        naam=f"u-{row.pk}-{opdracht_id}-{dag.dag.day}",
        dag=dag,
        tekst=toon_uren(minuten),
        was=toon_uren(minuten),
        minuten=minuten,
    )
    if len(rijen) > 1 or any(rij.groep for rij in rijen):
        return replace(vak, is_open=False, slot=f"{uren_in_woorden(minuten)}. {SAMEN}")
    if rijen:
        return replace(vak, pk=rijen[0].pk)
    traject = row.traject
    loopt = Period(traject.begindatum, traject.einddatum)
    if dag.dag not in loopt:
        return replace(vak, is_open=False, slot="geen wijk-werken op deze dag")
    if dag.dag > bron.op:
        return replace(vak, is_open=False, slot="moet nog komen")
    return vak


def _ritme(inschrijving: int, opdracht: int, bron: _Bron) -> tuple[str, ...]:
    """Return, from Monday to Sunday, what was worked on most such days of the month before."""
    vorige = maand_van(add_months(bron.maand, -1))
    assert vorige.end is not None  # noqa: S101 - a month has two ends
    teksten: list[list[str]] = [[] for _ in WEEKDAGEN_KORT]
    dag = vorige.begin
    while dag <= vorige.end:
        rijen = bron.rijen.get((inschrijving, opdracht, dag), [])
        teksten[dag.weekday()].append(toon_uren(sum(rij.minuten for rij in rijen)))
        dag += ONE_DAY
    return tuple(max(sorted(set(keuze)), key=keuze.count) for keuze in teksten)


def met_ritme(blad: Rooster) -> Rooster:
    """Return the grid with the rhythm of the month before written in empty lines, unsaved."""
    return _herschreven(blad, lambda rij: _voorgesteld(rij) if not rij.minuten else rij)


def _voorgesteld(rij: Regel) -> Regel:
    vakken = tuple(
        replace(vak, tekst=tekst, is_voorstel=True)
        if vak.is_open and (tekst := rij.ritme[vak.dag.dag.weekday()])
        else vak
        for vak in rij.vakken
    )
    return replace(rij, vakken=vakken)


def met_getypt(blad: Rooster, getypt: dict[str, str], fouten: dict[str, str]) -> Rooster:
    """Return the grid with what was typed in the cells that were refused, and why."""

    def again(rij: Regel) -> Regel:
        vakken = tuple(
            replace(vak, tekst=getypt.get(vak.naam, vak.tekst), fout=fouten[vak.naam])
            if vak.naam in fouten
            else vak
            for vak in rij.vakken
        )
        return replace(rij, vakken=vakken)

    return _herschreven(blad, again)


def met_opmerkingen(blad: Rooster, opmerkingen: dict[int, tuple[str, ...]]) -> Rooster:
    """Return the grid with what deserves a look, by person."""
    personen = (
        replace(persoon, opmerkingen=opmerkingen.get(persoon.inschrijving.pk, ()))
        for persoon in blad.personen
    )
    return replace(blad, personen=tuple(personen))


def _herschreven(blad: Rooster, change: Callable[[Regel], Regel]) -> Rooster:
    personen = (
        replace(persoon, regels=tuple(change(rij) for rij in persoon.regels))
        for persoon in blad.personen
    )
    return replace(blad, personen=tuple(personen))


def prestaties_van(
    inschrijvingen: Iterable[Inschrijving], *, maanden: Collection[date] = ()
) -> QuerySet[Prestatie]:
    """Return all performances of these enrolments, corrected ones too, newest day first."""
    rows = Prestatie.objects.filter(inschrijving__in=[row.pk for row in inschrijvingen])
    rows = rows.select_related("opdracht__activiteit", "opdracht__opdrachtgever", "ingevoerd_door")
    if maanden:
        eerste, laatste = min(maanden), maand_van(max(maanden)).end
        rows = rows.filter(dag__gte=eerste, dag__lte=laatste)
    return rows.order_by("-dag", "-pk")

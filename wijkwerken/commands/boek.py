"""The book of one transaction: who is locked, what counts, and what will be written."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import uuid4

from django.db.models import Max
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from kern.periods import ONE_DAY
from toegang.models import Gebruiker
from trajecten.commands.prestatiedag import keep_laatste_prestatie
from trajecten.models import Traject
from trajecten.queries import feiten_uit, regels_voor
from trajecten.rules import wijkwerken as klok
from trajecten.rules.termijn import RegelRij
from wijkwerken.models import Inschrijving, Opdracht, Prestatie
from wijkwerken.queries.meters import standen_van
from wijkwerken.rules.prestaties import (
    Grenzen,
    Stand,
    cheques_te_veel,
    in_jaar,
    in_maand,
    uren_in_woorden,
    verdeel,
)

VERANDERD = "Deze uren werden intussen verbeterd of ingetrokken. Kijk na wat er nu staat."


@dataclass(frozen=True, slots=True)
class PrestatieGegevens:
    """What the worker fills in about one performance.

    `begin` matters past midnight; `sleutel` makes a form that is sent twice count once.
    """

    dag: date
    minuten: int
    opdracht: Opdracht | None = None
    begin: time | None = None
    sleutel: str = ""


@dataclass(slots=True)
class Boek:
    """What happens to the hours of one enrolment, judged at once and written at the end."""

    inschrijving: Inschrijving
    stand: Stand
    regels: Sequence[RegelRij]
    by: Gebruiker
    at: datetime
    nieuw: list[Prestatie] = field(default_factory=list)
    weg: list[Prestatie] = field(default_factory=list)
    opmerkingen: dict[str, None] = field(default_factory=dict)

    @property
    def grenzen(self) -> Grenzen:
        """Return the caps of this enrolment."""
        return Grenzen(self.regels, self.inschrijving.traject.begindatum)

    def enter(self, gegevens: PrestatieGegevens, *, vervangt: Sequence[Prestatie] = ()) -> None:
        """Judge a performance, in the place of other rows if given; refused, nothing changed."""
        delen = verdeel(gegevens.dag, gegevens.minuten, gegevens.begin)
        for row in vervangt:
            self.stand.add(row.dag, -row.minuten, -row.cheques)
        gezet: list[tuple[date, int, int]] = []
        try:
            for deel in delen:
                self._check(deel.dag, deel.minuten)
                self.stand.add(deel.dag, deel.minuten, deel.cheques)
                gezet.append((deel.dag, deel.minuten, deel.cheques))
        except DomainError:
            for dag, minuten, cheques in gezet:
                self.stand.add(dag, -minuten, -cheques)
            for row in vervangt:
                self.stand.add(row.dag, row.minuten, row.cheques)
            raise
        groep = uuid4() if len(delen) > 1 else None
        for nummer, deel in enumerate(delen):
            self.nieuw.append(
                Prestatie(
                    bestuur_id=self.inschrijving.bestuur_id,
                    client_id=self.inschrijving.client_id,
                    inschrijving=self.inschrijving,
                    opdracht=gegevens.opdracht,
                    dag=deel.dag,
                    minuten=deel.minuten,
                    cheques=deel.cheques,
                    groep=groep,
                    vervangt=vervangt[nummer] if nummer < len(vervangt) else None,
                    ingevoerd_door=self.by,
                    ingevoerd_at=self.at,
                    sleutel="" if nummer else gegevens.sleutel,
                )
            )
        self.weg.extend(vervangt)
        self._remark(gegevens.dag)

    def take_away(self, rows: Sequence[Prestatie]) -> None:
        """Let rows count no longer."""
        for row in rows:
            self.stand.add(row.dag, -row.minuten, -row.cheques)
        self.weg.extend(rows)

    def write(self) -> None:
        """Write what was judged; the database looks at the caps once more."""
        dagen = [row.dag for row in self.nieuw] or [timezone.localdate(self.at)]
        jaar = in_jaar(self.grenzen.jaar_van(dagen[0]))
        with refuse_on(
            Prestatie,
            "prestatie_binnen_een_dag",
            "prestatie_eenmaal",
            prestatie_maandplafond=f"De uren gaan over de grens {in_maand(dagen[0])}.",
            prestatie_jaarplafond=f"De uren gaan over de grens {jaar}.",
        ):
            self._cancel()
            Prestatie.objects.bulk_create(self.nieuw)

    def _cancel(self) -> None:
        keys = [row.pk for row in self.weg]
        rows = Prestatie.objects.filter(pk__in=keys, vervallen_at__isnull=True)
        if rows.update(vervallen_at=self.at) != len(keys):
            raise DomainError(VERANDERD)

    def _check(self, dag: date, minuten: int) -> None:
        self._check_dag(dag)
        te_veel = self.stand.oordeel(dag, minuten, self.grenzen)
        if te_veel is not None:
            raise DomainError(str(te_veel))

    def _check_dag(self, dag: date) -> None:
        traject, today = self.inschrijving.traject, timezone.localdate(self.at)
        if dag > today:
            raise DomainError(f"{format_short(dag)} moet nog komen. Noteer uren als ze er zijn.")
        if dag < traject.begindatum:
            raise DomainError(
                f"Het wijk-werken begon op {format_short(traject.begindatum)}: "
                f"{format_short(dag)} ligt ervoor."
            )
        if traject.einddatum is not None and dag > traject.einddatum:
            raise DomainError(
                f"Het wijk-werken eindigde op {format_short(traject.einddatum)}: "
                f"{format_short(dag)} ligt erna."
            )
        self._check_overgang(traject, dag)

    def _check_overgang(self, traject: Traject, dag: date) -> None:
        feiten = feiten_uit(traject, schorsingen=(), verlengingen=(), evaluaties=())
        if klok.overgangsrecht(feiten, self.regels) is None:
            return
        eerder = [day for day, minuten in self.stand.minuten.items() if minuten and day < dag]
        if traject.laatste_prestatie_op is not None and traject.laatste_prestatie_op < dag:
            eerder.append(traject.laatste_prestatie_op)
        if eerder and not klok.behoudt_overgangsrecht(max(eerder), dag, self.regels):
            verviel = klok.laatste_dag_van_recht(max(eerder), self.regels)
            raise DomainError(
                f"Het overgangsrecht verviel na {format_short(verviel)}. Beëindig dit traject en "
                f"start een nieuw wijk-werken vanaf {format_short(verviel + ONE_DAY)}, met een "
                "nieuwe toeleiding."
            )

    def _remark(self, dag: date) -> None:
        rij = self.inschrijving
        if rij.traject.uiterste_dag is not None and dag > rij.traject.uiterste_dag:
            self._add(
                f"{format_short(dag)} ligt na de uiterste dag van het wijk-werken "
                f"({format_short(rij.traject.uiterste_dag)}). Bespreek de volgende stap."
            )
        if rij.is_arbeidsongeschikt and not _has_permission(rij, dag):
            self._add(
                f"Voor {format_short(dag)} is er geen toestemming van de adviserend arts genoteerd."
            )
        self._add(cheques_te_veel(self.stand, dag, self.grenzen))

    def _add(self, opmerking: str) -> None:
        if opmerking:
            self.opmerkingen[opmerking] = None


def _has_permission(rij: Inschrijving, dag: date) -> bool:
    van, tot = rij.toestemming_van, rij.toestemming_tot
    return van is not None and van <= dag and (tot is None or dag <= tot)


def open_boeken(
    inschrijvingen: Iterable[int], *, dagen: Collection[date], by: Gebruiker, at: datetime
) -> dict[int, Boek]:
    """Take these enrolments for this transaction, in a fixed order, with what counts around them.

    The traject goes before the client, as everywhere; two people who enter hours of one person
    at once take turns here, so that each is told what is really left.
    """
    rows = {row.pk: row for row in Inschrijving.objects.filter(pk__in=set(inschrijvingen))}
    if not rows:
        return {}
    trajecten = (
        Traject.objects.select_related("instrument", "client")
        .select_for_update(of=("self",))
        .filter(pk__in={row.traject_id for row in rows.values()})
        .order_by("pk")
    )
    found = {traject.pk: traject for traject in trajecten}
    clienten = {row.client_id for row in rows.values()}
    locked = Client.objects.filter(pk__in=clienten).order_by("pk")
    list(locked.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    regels = regels_voor(next(iter(rows.values())).bestuur_id)
    standen = standen_van(clienten, om=dagen)
    boeken = {}
    for row in rows.values():
        row.traject = found[row.traject_id]
        stand = standen.setdefault(row.client_id, Stand())
        boeken[row.pk] = Boek(row, stand, regels, by=by, at=at)
    return boeken


def keep_days(boeken: Iterable[Boek], *, by: Gebruiker, at: datetime) -> None:
    """Tell each traject its last day of work; its clocks and signals follow."""
    touched = [boek for boek in boeken if boek.nieuw or boek.weg]
    rows = (
        Prestatie.objects.valid()
        .filter(inschrijving__in=[boek.inschrijving.pk for boek in touched])
        .values_list("inschrijving_id")
        .annotate(laatste=Max("dag"))
        .order_by()
    )
    laatste = dict(rows)
    for boek in touched:
        keep_laatste_prestatie(
            traject=boek.inschrijving.traject,
            dag=laatste.get(boek.inschrijving.pk),
            niet_meer={row.dag for row in boek.weg},
            by=by,
            at=at,
        )


def in_words(rows: Iterable[Prestatie]) -> str:
    """Return the hours of these rows together."""
    return uren_in_woorden(sum(row.minuten for row in rows))

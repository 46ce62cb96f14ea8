"""The verdict on each row of a list, before anything is taken in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from caseload.enums import RijStatus
from caseload.imports.herkenning import Register, register_of
from caseload.imports.inhoud import seal_aanvaard, seal_geweigerd
from caseload.imports.omgeving import Kennis, kennis_van
from caseload.imports.plan import Plan, plan_rij
from caseload.models import Import, Importrij, Kolomkoppeling
from caseload.rules.inlezen.interpretatie import interpret_rijen
from caseload.rules.inlezen.koppeling import Koppeling
from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.rijen import Aanvaard, Geweigerd
from caseload.rules.inlezen.tabel import Rij, Tabel
from caseload.rules.inlezen.uitkomst import NEAR_DAYS, Uitkomst
from toegang.models import Gebruiker


@dataclass(slots=True)
class Voorbeeld:
    """Every row of a list with what would become of it."""

    rijen: tuple[Rij, ...]
    kennis: Kennis
    plannen: dict[int, Plan] = field(default_factory=dict)
    geweigerd: dict[int, Geweigerd] = field(default_factory=dict)

    @property
    def uitkomst(self) -> Uitkomst:
        """Return the rows taken in and the rows refused, in the order of the list."""
        return Uitkomst(
            tuple(plan.rij for plan in self.plannen.values()),
            tuple(sorted(self.geweigerd.values(), key=lambda rij: rij.rijnummer)),
        )


def remembered_koppen(bestuur_id: int) -> dict[str, str]:
    """Return heading → field as this bestuur chose it before."""
    rows = Kolomkoppeling.objects.filter(bestuur=bestuur_id).order_by("kop")
    return dict(rows.values_list("kop", "veld"))


def make_voorbeeld(
    tabel: Tabel, koppeling: Koppeling, *, bestuur_id: int, by: Gebruiker, op: date
) -> Voorbeeld:
    """Read every row against what is known here; nothing is written.

    Raises `BestandGeweigerd` when the columns do not suffice.
    """
    kennis = kennis_van(bestuur_id, op=op)
    voorbeeld = Voorbeeld(tabel.rijen, kennis)
    gelezen: list[Aanvaard] = []
    for verdict in interpret_rijen(tabel, koppeling, kennis.omgeving):
        if isinstance(verdict, Geweigerd):
            voorbeeld.geweigerd[verdict.rijnummer] = verdict
        else:
            gelezen.append(verdict)
    register = register_of(gelezen, bestuur_id=bestuur_id, by=by, op=op)
    by_nummer = {rij.nummer: rij for rij in tabel.rijen}
    for rij in gelezen:
        try:
            voorbeeld.plannen[rij.rijnummer] = _plan(rij, register, kennis)
        except RijGeweigerd as reden:
            voorbeeld.geweigerd[rij.rijnummer] = Geweigerd(by_nummer[rij.rijnummer], (str(reden),))
    return voorbeeld


def importrijen(lijst: Import, voorbeeld: Voorbeeld) -> Iterator[Importrij]:
    """Yield the unsaved rows of an import, cells sealed."""
    bestuur_id = lijst.bestuur_id
    for rij in voorbeeld.rijen:
        row = Importrij(bestuur_id=bestuur_id, lijst=lijst, nummer=rij.nummer)
        if geweigerd := voorbeeld.geweigerd.get(rij.nummer):
            row.status, row.redenen = RijStatus.GEWEIGERD, list(geweigerd.redenen)
            row.inhoud = seal_geweigerd(geweigerd, bestuur_id=bestuur_id)
        else:
            plan = voorbeeld.plannen[rij.nummer]
            row.status, row.gevolg = RijStatus.AANVAARD, plan.gevolg
            row.opmerkingen = list(plan.opmerkingen)
            row.uiterste_dag = _uiterste_dag(plan.rij, voorbeeld.kennis)
            row.inhoud = seal_aanvaard(plan.rij, rij.cellen, bestuur_id=bestuur_id)
            # A file of a client who is known is linked to already in the preview.
            row.client_id = plan.bekend.pk
        yield row


def tellers_of(voorbeeld: Voorbeeld) -> dict[str, int]:
    """Count what the preview shows above its tables."""
    gevolgen = Counter(plan.gevolg.value for plan in voorbeeld.plannen.values())
    op = voorbeeld.kennis.op
    dagen = [_uiterste_dag(plan.rij, voorbeeld.kennis) for plan in voorbeeld.plannen.values()]
    prefix = f"{op.year}-"
    nummers = [
        plan.rij.dossiernummer.removeprefix(prefix)
        for plan in voorbeeld.plannen.values()
        if plan.rij.dossiernummer.startswith(prefix)
    ]
    return {
        "aanvaard": len(voorbeeld.plannen),
        "geweigerd": len(voorbeeld.geweigerd),
        "opmerking": sum(bool(plan.opmerkingen) for plan in voorbeeld.plannen.values()),
        "trajecten": sum(plan.met_traject for plan in voorbeeld.plannen.values()),
        "binnenkort": sum(
            1 for dag in dagen if dag is not None and 0 <= (dag - op).days <= NEAR_DAYS
        ),
        # The list's own numbers of this year: new ones are given above them.
        "hoogste": max((int(n) for n in nummers if n.isdecimal() and len(n) < 9), default=0),
        **{f"gevolg_{naam}": aantal for naam, aantal in gevolgen.items()},
    }


def _plan(rij: Aanvaard, register: Register, kennis: Kennis) -> Plan:
    plan = plan_rij(rij, register, kennis)
    return replace(plan, rij=replace(rij, opmerkingen=plan.opmerkingen))


def _uiterste_dag(rij: Aanvaard, kennis: Kennis) -> date | None:
    if not rij.instrument or rij.startdatum is None:
        return None
    return kennis.uiterste_dag(rij.instrument, rij.startdatum)

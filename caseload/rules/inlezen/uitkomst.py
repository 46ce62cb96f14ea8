"""The outcome of a whole list, and its shape for operators."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from caseload.rules.inlezen.rijen import Aanvaard, Geweigerd

NEAR_DAYS = 90


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What a list yields: the rows taken in, and the rows refused with their reasons."""

    aanvaard: tuple[Aanvaard, ...]
    geweigerd: tuple[Geweigerd, ...]

    @property
    def met_opmerking(self) -> tuple[Aanvaard, ...]:
        """Return the accepted rows that somebody had better look at."""
        return tuple(rij for rij in self.aanvaard if rij.opmerkingen)


def collect_uitkomst(verdicts: Iterable[Aanvaard | Geweigerd]) -> Uitkomst:
    """Sort the verdicts in accepted and refused."""
    aanvaard: list[Aanvaard] = []
    geweigerd: list[Geweigerd] = []
    for verdict in verdicts:
        if isinstance(verdict, Geweigerd):
            geweigerd.append(verdict)
        else:
            aanvaard.append(verdict)
    return Uitkomst(tuple(aanvaard), tuple(geweigerd))


def uitkomst_as_dict(
    uitkomst: Uitkomst,
    *,
    vandaag: date,
    uiterste_dag: Callable[[str, date], date | None],
) -> dict[str, object]:
    """Return the outcome for JSON; `uiterste_dag` gives the last legal day of code and start."""
    dagen: list[list[str]] = []
    near = 0
    for rij in uitkomst.aanvaard:
        if not rij.instrument or rij.startdatum is None:
            continue
        dag = uiterste_dag(rij.instrument, rij.startdatum)
        if dag is None:
            continue
        start = rij.startdatum.isoformat()
        dagen.append([rij.dossiernummer, rij.instrument, start, dag.isoformat()])
        near += 0 <= (dag - vandaag).days <= NEAR_DAYS
    return {
        "vandaag": vandaag.isoformat(),
        "rijen": len(uitkomst.aanvaard) + len(uitkomst.geweigerd),
        "aanvaard": len(uitkomst.aanvaard),
        "geweigerd": [[rij.rijnummer, rij.reden] for rij in uitkomst.geweigerd],
        "uiterste_dag": dagen,
        f"binnen_{NEAR_DAYS}_dagen": near,
    }

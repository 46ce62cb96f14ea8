"""Who the rows of a list are: by file number, else by name."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toegang.models import Gebruiker
from wijkwerken.models import Inschrijving
from wijkwerken.rules.lijst import Gelezen, naamsleutel, sleutel


@dataclass(frozen=True, slots=True)
class Herkend:
    """A row with the enrolment it belongs to, or why it has none."""

    rij: Gelezen
    inschrijving: Inschrijving | None = None
    fout: str = ""


def recognise(user: Gebruiker, rijen: Sequence[Gelezen]) -> list[Herkend]:
    """Return each row with its wijk-werker, in one query."""
    rows = Inschrijving.objects.visible_to(user).select_related("client", "traject")
    by_dossier: dict[str, list[Inschrijving]] = defaultdict(list)
    by_naam: dict[str, list[Inschrijving]] = defaultdict(list)
    for row in rows.order_by("traject__begindatum"):
        by_dossier[sleutel(row.client.dossiernummer)].append(row)
        by_naam[naamsleutel(f"{row.client.familienaam} {row.client.voornaam}")].append(row)
    found = []
    for rij in rijen:
        if rij.fout or rij.dag is None:
            found.append(Herkend(rij, fout=rij.fout))
        elif rij.dossier:
            found.append(_one(rij, by_dossier[sleutel(rij.dossier)], rij.dag))
        else:
            found.append(_one(rij, by_naam[naamsleutel(rij.wie)], rij.dag))
    return found


def _one(rij: Gelezen, rows: Sequence[Inschrijving], dag: date) -> Herkend:
    if not rows:
        return Herkend(rij, fout="Niemand met dit nummer of deze naam doet wijk-werken.")
    if len({row.client_id for row in rows}) > 1:
        return Herkend(rij, fout="Meer dan één persoon heeft deze naam. Gebruik het dossiernummer.")
    # The enrolment that ran on the day; else the last, whose refusal tells what is wrong.
    running = [row for row in rows if _runs(row, dag)]
    return Herkend(rij, (running or list(rows))[-1])


def _runs(row: Inschrijving, dag: date) -> bool:
    einde = row.traject.einddatum
    return row.traject.begindatum <= dag and (einde is None or dag <= einde)

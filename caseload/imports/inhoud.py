"""The sealed parts of an import: the file, a few cells of each column, and each row as read."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from caseload.models import Import, Importinhoud, Importrij
from caseload.models.importeren import place_of
from caseload.rules.inlezen.rijen import Aanvaard, Geweigerd
from caseload.rules.inlezen.statuten import GelezenStatuut
from caseload.rules.inlezen.tabel import Cellen, Rij, Tabel
from kern import crypto

SAMPLES = 3
_DATES = ("geboortedatum", "startdatum")


@dataclass(frozen=True, slots=True)
class Kolomvoorbeeld:
    """A heading with the first few cells under it that are filled in."""

    kop: str
    cellen: tuple[str, ...]


def sealed_inhoud(lijst: Import, data: bytes, tabel: Tabel) -> Importinhoud:
    """Return the unsaved contents of an import."""
    place = place_of(lijst.bestuur_id)
    kolommen = [{"kop": kop, "cellen": _samples(tabel, i)} for i, kop in enumerate(tabel.koppen)]
    return Importinhoud(
        bestuur_id=lijst.bestuur_id,
        lijst=lijst,
        bestand=crypto.seal_bytes(data, place=place),
        voorbeeld=crypto.seal(json.dumps(kolommen, ensure_ascii=False), place=place),
    )


def bytes_of(lijst: Import) -> bytes:
    """Return the file as it was offered."""
    return crypto.unseal_bytes(bytes(lijst.inhoud.bestand), place=place_of(lijst.bestuur_id))


def kolommen_of(inhoud: Importinhoud) -> list[Kolomvoorbeeld]:
    """Return the headings of the list with their samples."""
    stored = crypto.unseal(bytes(inhoud.voorbeeld), place=place_of(inhoud.bestuur_id))
    return [Kolomvoorbeeld(item["kop"], tuple(item["cellen"])) for item in json.loads(stored)]


def seal_aanvaard(rij: Aanvaard, cellen: Cellen, *, bestuur_id: int) -> bytes:
    """Seal a row that can be taken in, as it was read."""
    return _seal({"rij": asdict(rij), "cellen": cellen}, bestuur_id)


def seal_geweigerd(rij: Geweigerd, *, bestuur_id: int) -> bytes:
    """Seal the cells of a refused row."""
    return _seal({"cellen": rij.rij.cellen}, bestuur_id)


def aanvaard_of(row: Importrij) -> Aanvaard:
    """Return the row as it was read."""
    values: dict[str, Any] = _unseal(row)["rij"]
    for name in _DATES:
        values[name] = _day(values[name])
    if statuut := values["statuut"]:
        values["statuut"] = GelezenStatuut(**{**statuut, "sinds": _day(statuut["sinds"])})
    values["opmerkingen"] = tuple(values["opmerkingen"])
    return Aanvaard(**values)


def geweigerd_of(row: Importrij) -> Geweigerd:
    """Return a refused row with its cells; a wiped row has none left."""
    cellen = tuple(_unseal(row)["cellen"]) if row.inhoud else ()
    return Geweigerd(Rij(row.nummer, cellen), tuple(row.redenen))


def wipe_inhoud(pks: Collection[int], *, at: datetime) -> None:
    """Destroy the file and the cells of these imports; verdicts and links to files stay."""
    Importinhoud.objects.filter(lijst__in=pks).delete()
    Importrij.objects.filter(lijst__in=pks).update(inhoud=b"")
    Import.objects.filter(pk__in=pks).update(gewist_at=at)


def _samples(tabel: Tabel, index: int) -> list[str]:
    found: list[str] = []
    for rij in tabel.rijen:
        cel = rij.cellen[index].strip() if index < len(rij.cellen) else ""
        if cel and cel not in found:
            found.append(cel[:60])
        if len(found) == SAMPLES:
            break
    return found


def _seal(values: dict[str, Any], bestuur_id: int) -> bytes:
    text = json.dumps(values, ensure_ascii=False, default=date.isoformat)
    return crypto.seal(text, place=place_of(bestuur_id))


def _unseal(row: Importrij) -> Any:
    return json.loads(crypto.unseal(bytes(row.inhoud), place=place_of(row.bestuur_id)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

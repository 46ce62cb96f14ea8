"""Refused rows back to a list that can be mended and offered again."""

import csv
import io
from collections.abc import Iterable

from caseload.rules.inlezen.lezen import is_eigen_kop
from caseload.rules.inlezen.rijen import Geweigerd
from caseload.rules.inlezen.tabel import Cellen
from caseload.rules.inlezen.tekst import neutralise
from caseload.rules.inlezen.velden import KOP_REDEN, KOP_RIJ


def write_geweigerd(koppen: Cellen, geweigerd: Iterable[Geweigerd]) -> bytes:
    """Return the refused rows as CSV for a Belgian spreadsheet, with row number and reasons.

    The added columns are skipped when the list is offered again.
    """
    kept = [index for index, kop in enumerate(koppen) if not is_eigen_kop(kop)]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(neutralise(koppen[index]) for index in kept), KOP_RIJ, KOP_REDEN])
    for rij in geweigerd:
        cellen = rij.rij.cellen
        columns = [*kept, *range(len(koppen), len(cellen))]
        # Cells beyond the last heading go before the added columns, so that none is lost.
        row = [neutralise(cellen[i]) if i < len(cellen) else "" for i in columns]
        writer.writerow([*row, str(rij.rijnummer), neutralise("; ".join(rij.redenen))])
    return buffer.getvalue().encode("utf-8-sig")

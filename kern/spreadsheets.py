"""Writing a list as a spreadsheet: true dates and numbers, text that is never a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter
from django.utils import timezone

Value = str | int | date | datetime | None
# A spreadsheet reads text that begins so as a formula or as the start of one.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def harmless(text: str) -> str:
    """Return the text with an apostrophe before anything that could be taken for a formula."""
    bare = text.lstrip()
    return f"'{text}" if bare.startswith(_DANGEROUS) or text.startswith(_DANGEROUS) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the list as Belgian Excel opens it: semicolons, UTF-8 with a mark, d/m/Y."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(head) for head in heads])
    for row in rows:
        writer.writerow([_as_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the list as a workbook of one sheet with a frozen, filtered head."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    page = book.add_worksheet(sheet[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    last = 0
    for number, head in enumerate(heads):
        page.write_string(0, number, head, bold)
    for last, row in enumerate(rows, start=1):
        for number, value in enumerate(row):
            _write(page, last, number, value, day)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, last, max(0, len(heads) - 1))
    page.set_column(0, max(0, len(heads) - 1), 20)
    book.close()
    return out.getvalue()


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: Value,
    day: xlsxwriter.format.Format,
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        page.write_datetime(row, column, datetime.combine(_day(value), datetime.min.time()), day)
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime.combine(value, datetime.min.time()), day)
    elif isinstance(value, int):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, harmless(value))


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _day(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value) if isinstance(value, int) else harmless(value)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()

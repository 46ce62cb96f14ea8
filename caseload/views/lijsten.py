"""The lists of clients and trajecten, on the screen, on paper and as a spreadsheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseload import commands
from caseload.views.lijst import (
    CLIENTEN,
    TRAJECTEN,
    Lijststand,
    Soort,
    cells,
    list_context,
    read_list,
    sees_content,
)
from caseload.views.tonen import acts, address, file_url
from kern import spreadsheets
from kern.pieces import Act, TableRow
from kern.spreadsheets import Value
from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission

PER_PAGE = 50


@require_safe
@requires(Permission.CLIENT_LIST)
def clienten(request: UserRequest) -> HttpResponse:
    """Show the clients asked for."""
    return _page(request, CLIENTEN)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def trajecten(request: UserRequest) -> HttpResponse:
    """Show the trajecten asked for."""
    return _page(request, TRAJECTEN)


@require_safe
@requires(Permission.CLIENT_LIST)
def clienten_afdruk(request: UserRequest) -> HttpResponse:
    """Show the chosen clients on one page, to print."""
    return _print(request, CLIENTEN)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def trajecten_afdruk(request: UserRequest) -> HttpResponse:
    """Show the chosen trajecten on one page, to print."""
    return _print(request, TRAJECTEN)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def clienten_export(request: UserRequest, vorm: str) -> HttpResponse:
    """Give the chosen clients as a spreadsheet."""
    return _export(request, CLIENTEN, vorm)


@require_safe
@requires(Permission.TRAJECT_VIEW)
def trajecten_export(request: UserRequest, vorm: str) -> HttpResponse:
    """Give the chosen trajecten as a spreadsheet."""
    return _export(request, TRAJECTEN, vorm)


def _page(request: UserRequest, soort: Soort) -> HttpResponse:
    stand = read_list(request, soort)
    page = Paginator(stand.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = list_context(stand) | {
        "page": page,
        "rijen": [(row.pk, table_row(stand, row)) for row in page],
        "handelingen": _bulk_acts(soort, request.user),
        "mag_registreren": request.user.may(Permission.CLIENT_REGISTER),
        "begin": _begin(request.user),
        "export_urls": _export_urls(soort) if sees_content(request.user) else (),
        "afdruk_url": reverse(f"caseload:{soort.lijst.value}_afdruk"),
    }
    return TemplateResponse(request, f"caseload/{soort.lijst.value}.html", context)


def _begin(user: Gebruiker) -> Act | None:
    """Return how a bestuur without clients begins: with the list it uses now."""
    url = address("caseload:imports") if user.may(Permission.IMPORT_RUN) else ""
    return Act("Importeer een lijst", url, "upload") if url else None


def table_row(stand: Lijststand, row: Any) -> TableRow:
    """Return one row of the list as the table shows it."""
    client = row if stand.soort is CLIENTEN else row.client
    url = file_url(stand.user, client.pk)
    if stand.soort is TRAJECTEN:
        url = address("trajecten:traject", row.pk) or url
    note = client.dossiernummer + (" · afgeschermd" if client.afgeschermd else "")
    return TableRow(name=client.naam, url=url, note=note, cells=cells(stand, row))


def _bulk_acts(soort: Soort, user: Gebruiker) -> tuple[Act, ...]:
    name = soort.lijst.value
    wanted = [("Print", reverse(f"caseload:{name}_afdruk"), "print")]
    if sees_content(user):
        wanted.append(("Exporteer", reverse(f"caseload:{name}_export", args=["xlsx"]), "download"))
    if soort is CLIENTEN and user.may(Permission.TOEWIJZING_CHANGE):
        wanted.insert(0, ("Wijs toe", reverse("caseload:toewijzen"), "wissel"))
    if soort is TRAJECTEN and user.may(Permission.VERSLAG_MAKE):
        wanted.insert(0, ("Maak verslagen", reverse("caseload:verslagen"), "verslag"))
    return acts(*wanted)


def _export_urls(soort: Soort) -> tuple[tuple[str, str], ...]:
    name = f"caseload:{soort.lijst.value}_export"
    return (
        ("Excel", reverse(name, args=["xlsx"])),
        ("CSV", reverse(name, args=["csv"])),
    )


def _chosen(stand: Lijststand) -> list[Any]:
    """Return the ticked rows; where nothing was ticked, the whole list."""
    return list(stand.selection if stand.gekozen else stand.rows)


def _print(request: UserRequest, soort: Soort) -> HttpResponse:
    stand = read_list(request, soort)
    rows = _chosen(stand)
    _log(request, stand, rows, "afgedrukte lijst")
    context = list_context(stand) | {"rijen": [table_row(stand, row) for row in rows]}
    return TemplateResponse(request, "caseload/afdruk.html", context)


def _export(request: UserRequest, soort: Soort, vorm: str) -> HttpResponse:
    stand = read_list(request, soort)
    rows = _chosen(stand)
    _log(request, stand, rows, "export")
    heads = ["Dossiernummer", "Familienaam", "Voornaam", *(k.label for k in stand.kolommen)]
    values = _values(stand, rows)
    if vorm == "csv":
        content, kind = spreadsheets.as_csv(heads, values), spreadsheets.CSV_TYPE
    else:
        content = spreadsheets.as_xlsx(str(soort.lijst.label), heads, values)
        kind = spreadsheets.XLSX_TYPE
    name = f"{soort.lijst.value}-{stand.vandaag:%Y-%m-%d}.{vorm}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=disposition)


def _values(stand: Lijststand, rows: Iterable[Any]) -> Iterator[list[Value]]:
    for row in rows:
        client = row if stand.soort is CLIENTEN else row.client
        yield [
            client.dossiernummer,
            client.familienaam,
            client.voornaam,
            *(kolom.waarde(row) for kolom in stand.kolommen),
        ]


def _log(request: UserRequest, stand: Lijststand, rows: Iterable[Any], scherm: str) -> None:
    pks = {row.pk if stand.soort is CLIENTEN else row.client_id for row in rows}
    bestuur = request.user.bestuur
    if bestuur is not None:
        commands.log_export(
            bestuur=bestuur,
            client_pks=sorted(pks),
            scherm=scherm,
            by=request.user,
            at=timezone.now(),
        )

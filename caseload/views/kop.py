"""The head of a client's file: who, how to reach her, who is her fixed contact, and the tabs."""

from datetime import date
from typing import Any

from caseload.queries.dossier import Dossier
from caseload.views.tonen import acts, address
from clienten.dossierkop import crumbs, head, lead
from clienten.models import Client
from kern.belgian_dates import format_short
from kern.pieces import Act, Fact
from toegang.models import Gebruiker
from toegang.permissions import Permission

__all__ = ["contact_facts", "crumbs", "lead", "more", "page", "today_facts"]


def page(client: Client, user: Gebruiker, active: str, *, on: date) -> dict[str, Any]:
    """Return what every section of the file shows."""
    return head(client, user, active, on=on) | {
        "contact_url": address("trajecten:add_logboekitem", client.pk)
        if user.may(Permission.LOG_WRITE)
        else "",
        "samen_url": address("trajecten:plan_samen", client.pk)
        if user.may(Permission.PLAN_CHANGE)
        else "",
        "meer": more(client, user),
    }


def more(client: Client, user: Gebruiker) -> tuple[Act, ...]:
    """Return the acts behind the dots."""
    wanted = []
    if user.may(Permission.TRAJECT_CHANGE):
        wanted.append(("Start een traject", address("trajecten:start", client.pk), "trajecten"))
    if user.may(Permission.CLIENT_CHANGE):
        wanted += [
            ("Wijzig de gegevens", address("caseload:wijzig", client.pk), "potlood"),
            ("Geef een statuut", address("caseload:add_statuut", client.pk), "vlag"),
            ("Noteer VDAB-inschrijving", address("caseload:vdab", client.pk), "document"),
            ("Wijs toe", address("caseload:add_toewijzing", client.pk), "wissel"),
        ]
    if user.may(Permission.WIJKWERK_VIEW):
        wanted.append(("Wijk-werken", address("wijkwerken:client", client.pk), "wijkwerken"))
    if user.may(Permission.PORTAAL_INVITE):
        wanted.append(("Toegang van de cliënt", address("portaal:toegang", client.pk), "sleutel"))
    if user.may(Permission.CLIENT_RESTRICT):
        label = "Wijzig de afscherming" if client.afgeschermd else "Scherm af"
        wanted.append((label, address("caseload:afschermen", client.pk), "slot"))
    return acts(*wanted)


def contact_facts(client: Client, user: Gebruiker) -> list[Fact]:
    """Return how to reach the client."""
    place = " ".join(part for part in (client.postcode, client.gemeente) if part)
    where = ", ".join(part for part in (client.adres, place) if part)
    change = _add("vul aan", "caseload:wijzig", client, user.may(Permission.CLIENT_CHANGE))
    return [
        Fact("Telefoon", client.telefoon, add=change),
        Fact("E-mail", client.email, add=change),
        Fact("Adres", where, add=change),
        Fact("Taal", client.get_taal_display()),
        Fact("Best bereikbaar via", client.get_kanaal_display(), add=change),
        Fact("Afspraken over contact", client.contactvoorkeur, missing="geen"),
    ]


def today_facts(client: Client, dossier: Dossier, user: Gebruiker, *, on: date) -> list[Fact]:
    """Return what holds today: spilfiguur, standing, VDAB, GPMI."""
    spil, statuut, vdab = dossier.spilfiguur_op(on), dossier.statuut_op(on), dossier.vdab_op(on)
    gpmi = next((row for row in dossier.gpmi if row.einddatum is None), None)
    may = user.may(Permission.CLIENT_CHANGE)
    return [
        Fact(
            "Spilfiguur",
            ("u" if spil.gebruiker_id == user.pk else spil.gebruiker.naam) if spil else "",
            missing="niemand",
            add=_add("wijs iemand aan", "caseload:add_toewijzing", client, may),
            note=f"sinds {format_short(spil.van)}" if spil else "",
        ),
        Fact(
            "Statuut",
            str(statuut) if statuut else "",
            missing="geen",
            add=_add("geef een statuut", "caseload:add_statuut", client, may),
            note=_until(statuut.van, statuut.tot) if statuut else "",
        ),
        Fact(
            "VDAB",
            str(vdab) if vdab else "",
            missing="niet gekend",
            add=_add("noteer", "caseload:vdab", client, may),
            note=_until(vdab.van, vdab.tot) if vdab else "",
        ),
        Fact(
            "GPMI",
            (
                f"ondertekend op {format_short(gpmi.ondertekend_op)}"
                if gpmi.ondertekend_op
                else "nog te ondertekenen"
            )
            if gpmi
            else "",
            missing="geen",
            add=_add("begin er een", "trajecten:gpmi", client, may),
        ),
    ]


def _until(van: date, tot: date | None) -> str:
    return f"t.e.m. {format_short(tot)}" if tot else f"sinds {format_short(van)}"


def _add(label: str, name: str, client: Client, may: bool) -> Act | None:
    url = address(name, client.pk)
    return Act(label, url) if may and url else None

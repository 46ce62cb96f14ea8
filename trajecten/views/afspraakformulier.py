"""The form of an appointment: what stands in it first, and what stands in the way."""

from typing import Any, cast

from django.http import QueryDict
from django.utils import timezone

from clienten.enums import Kanaal
from clienten.models import Client, Toewijzing
from kern.belgian_dates import WEEKDAGEN, DateError, format_short, parse_date
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten.afspraakbericht import kanaal_van
from trajecten.enums import AfspraakSoort
from trajecten.forms.afspraken import AfspraakForm, BalieForm
from trajecten.models import Afspraak, Traject
from trajecten.queries import lopend_gpmi
from trajecten.queries.afspraken import botsingen, vrij_uur
from trajecten.rules.werkdagen import feestdag

UUR = 60
FRIDAY = 4


def form_for(request: UserRequest, client: Client, initial: dict[str, Any]) -> BalieForm:
    """Return the form that fits the role: the reception desk fills in no content."""
    shared = {
        "initial": initial,
        "medewerkers": _workers(request).for_list(),
        "kanaal": _line(client),
    }
    data = request.POST or None
    if not request.user.may(Permission.CLIENT_OPEN):
        # The desk makes ordinary talks; of what kind another one is, it neither sees nor says.
        return BalieForm(data, houdt_soort="versie" in initial, **shared)
    rows = Traject.objects.visible_to(request.user).filter(client=client).unfinished()
    trajecten = list(rows.select_related("instrument").order_by("begindatum", "pk"))
    return AfspraakForm(data, trajecten=trajecten, gpmi=lopend_gpmi(client.pk), **shared)


def initial_of(request: UserRequest, client: Client) -> dict[str, Any]:
    """Return what is proposed: what the address asks for, the own name, a free hour."""
    asked = request.GET
    medewerker = _first_worker(request, client)
    initial: dict[str, Any] = {
        "soort": asked.get("soort", AfspraakSoort.GESPREK),
        "medewerker": medewerker.pk if medewerker else None,
        "bij": asked.get("bij", ""),
        "herinner_dagen": _reminder(client),
        "dag": asked.get("dag", ""),
        "uur": asked.get("uur", ""),
    }
    if initial["dag"] and not initial["uur"] and medewerker is not None:
        try:
            day = parse_date(initial["dag"], today=timezone.localdate())
        except DateError:
            return initial
        initial["uur"] = vrij_uur(medewerker, request.user, day, duur=UUR, at=timezone.now())
    return initial


def as_typed(row: Afspraak) -> dict[str, Any]:
    """Return an appointment as the form shows it."""
    moment = timezone.localtime(row.begint_at)
    bij = f"g{row.gpmi_id}" if row.gpmi_id else f"t{row.traject_id}" if row.traject_id else ""
    vooraf = (row.dag - row.herinneren_op).days if row.herinneren_op else None
    return {
        "soort": row.soort,
        "medewerker": row.medewerker_id,
        "dag": moment.date(),
        "uur": moment.time(),
        "duur": row.duur,
        "plaats": row.plaats,
        "partner": row.partner,
        "onderwerp": row.onderwerp,
        "notitie": row.notitie,
        "bij": bij,
        "herinner_dagen": vooraf,
        "versie": str(row.volgnummer),
    }


def warnings_for(request: UserRequest, form: BalieForm, row: Afspraak | None) -> list[str]:
    """Return what stands in the way of what was filled in: a closed day, another appointment."""
    if not form.is_bound or not form.is_valid():
        return []
    facts = form.cleaned_data
    day, medewerker = facts["dag"], facts["medewerker"]
    found = []
    if holiday := feestdag(day):
        found.append(f"{format_short(day)} is een feestdag: {holiday}.")
    elif day.weekday() > FRIDAY:
        found.append(f"{format_short(day)} is een {WEEKDAGEN[day.weekday()]}.")
    others = botsingen(
        medewerker,
        request.user,
        begin=facts["begint_at"],
        duur=facts["duur"],
        zonder=row.pk if row else None,
    )
    for other in others:
        begin, end = (timezone.localtime(at) for at in (other.begint_at, other.eindigt_at))
        found.append(f"{medewerker} heeft dan al een afspraak, van {begin:%H:%M} tot {end:%H:%M}.")
    return found


def first_to_see(form: BalieForm, warnings: list[str]) -> bool:
    """Tell whether the warnings were not shown yet for exactly this; the next press counts."""
    if not warnings or form.is_seen:
        return False
    data = cast(QueryDict, form.data).copy()
    data["gezien"] = form.print_of()
    form.data = data
    return True


def form_context(form: BalieForm, warnings: list[str], client: Client) -> dict[str, Any]:
    """Return what the page of the form shows besides its frame."""
    return {
        "form": form,
        "waarschuwingen": warnings,
        "zelf_bellen": "" if _line(client) else _own(client),
    }


def _own(client: Client) -> str:
    if client.kanaal == Kanaal.BRIEF:
        return "Deze cliënt krijgt liefst een brief. Die maakt u na het plannen."
    if client.kanaal == Kanaal.BALIE:
        return "Deze cliënt komt langs: geef de afspraak mee op papier."
    nummer = f" op {client.telefoon}" if client.telefoon else ""
    return f"Er vertrekt geen bericht vanzelf. Laat het de cliënt zelf weten{nummer}."


def _line(client: Client) -> str:
    kanaal = kanaal_van(client)
    return "" if kanaal is None else f"per {kanaal.label.lower()}"


def _reminder(client: Client) -> str:
    if client.kanaal == Kanaal.BRIEF:
        return "7"
    return "1" if kanaal_van(client) is not None else ""


def _workers(request: UserRequest) -> Any:
    bestuur_id = request.user.bestuur.pk if request.user.bestuur else 0
    return Gebruiker.objects.following_clients_at(bestuur_id, on=timezone.localdate())


def _first_worker(request: UserRequest, client: Client) -> Gebruiker | None:
    """Return oneself, or for the reception desk who is the client's fixed contact."""
    if request.user.may(Permission.CLIENT_OPEN):
        return request.user
    spil = Toewijzing.objects.visible_to(request.user).active_on(timezone.localdate())
    row = spil.filter(client=client, is_spilfiguur=True).select_related("gebruiker").first()
    return row.gebruiker if row else None

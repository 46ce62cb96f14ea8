"""What the pages behind the door share: who helps, what was just done, how a refusal reads."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clienten.commands import IntussenAnders
from kern.errors import DomainError
from portaal.http import ClientRequest
from portaal.queries.begeleider import helper_of
from trajecten.commands.plan import PlanChanged
from trajecten.commands.wie import Wie

# What was just done; the address holds only the code.
MELDINGEN: dict[str, Any] = {
    "ja": _("Bewaard. U ging akkoord."),
    "dag": _("Bewaard. Het OCMW ziet welke dag u vraagt."),
    "nee": _("Bewaard. Het OCMW leest wat u schreef."),
    "klaar": _("Bewaard. Dit is gedaan."),
    "open": _("Bewaard. Dit staat weer open."),
    "laten": _("Bewaard. Wij zijn het hier niet over eens."),
    "voorstel": _("Bewaard. Het OCMW leest uw voorstel."),
    "gewijzigd": _("Bewaard. Uw voorstel is gewijzigd."),
    "weg": _("Bewaard. Uw voorstel is weg."),
    "plan": _("Bewaard. U gaat akkoord met uw plan."),
    "afgezegd": _("Bewaard. Het OCMW weet dat u niet komt."),
    "punt": _("Bewaard. Dit staat op de lijst voor het gesprek."),
    "punt_weg": _("Bewaard. Dit staat niet meer op de lijst."),
    "niet": _("Dat lukt nu niet. Kijk wat er nu staat."),
    "gegevens": _("Bewaard. Het OCMW ziet uw nieuwe gegevens."),
    "fout_gemeld": _("Bewaard. Het OCMW kijkt dit na."),
}
_PAGES: tuple[tuple[str, Any], ...] = (
    ("portaal:start", _("Mijn plan")),
    ("portaal:afspraken", _("Mijn afspraken")),
    ("portaal:logboek", _("Wat wij opschreven")),
    ("portaal:documenten", _("Mijn documenten")),
    ("portaal:gegevens", _("Mijn gegevens")),
    ("portaal:inzage", _("Wie keek in mijn dossier")),
    ("portaal:gedeeld", _("Wat is gedeeld")),
)


def page(
    request: ClientRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a page of hers: who helps her, the other pages, and what was just done."""
    match = request.resolver_match
    here = match.view_name if match else ""
    shared = {
        "client": request.client,
        "vandaag": timezone.localdate(),
        "begeleider": helper_of(request.client, on=timezone.localdate()),
        "bladen": [(reverse(name), label, name == here) for name, label in _PAGES],
        "melding": MELDINGEN.get(request.GET.get("ok", ""), ""),
    }
    return TemplateResponse(request, f"portaal/{template}", shared | dict(context), status=status)


def go_to(name: str, *args: Any, ok: str = "", part: str = "") -> HttpResponse:
    """Send her on after an act; the next page says what was done."""
    address = reverse(f"portaal:{name}", args=args) + (f"?ok={ok}" if ok else "")
    return HttpResponseRedirect(address + (f"#{part}" if part else ""), status=303)


def voice(request: ClientRequest) -> Wie:
    """Return her own voice, in the language she reads."""
    return Wie.client(taal=request.portaal.taal)


def seen(request: ClientRequest) -> int:
    """Return which revision the page showed; none that exists when it is not a number."""
    told = request.POST.get("revisie", "")
    return int(told) if told.isdecimal() and len(told) < 9 else 0


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal comes back in her words, and what she typed stays in the form."""
    try:
        act()
    except (PlanChanged, IntussenAnders):
        form.add_error(None, gettext("Dit is intussen anders. Kijk wat er nu staat."))
    except DomainError:
        form.add_error(None, gettext("Dat lukt nu niet. Kijk wat er nu staat."))
    else:
        return True
    return False

"""Answers that several doors share: shut, blocked, too often, and wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from portaal.commands.binnen import Uitslag
from portaal.forms.deur import WieForm
from portaal.models import Portaallink


def wrong(form: WieForm) -> None:
    """Say that the answer was not right."""
    form.add_error(
        None,
        gettext("Deze code klopt niet. Kijk de cijfers nog eens na.")
        if form.met_code
        else gettext("Deze datum klopt niet. Kijk ze nog eens na."),
    )


def closed(request: HttpRequest, uitslag: Uitslag, link: Portaallink | None) -> HttpResponse:
    """Show a door that stays shut, and who helps."""
    blocked = uitslag is Uitslag.GEBLOKKEERD
    context: dict[str, Any] = {
        "geblokkeerd": blocked,
        "bestuur": link.bestuur if link is not None else None,
    }
    return TemplateResponse(request, "portaal/dicht.html", context, status=403 if blocked else 404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Ask for patience."""
    context = {"te_vaak": True, "niet_gevonden": False}
    return TemplateResponse(request, "portaal/fout.html", context, status=429)

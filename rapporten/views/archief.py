"""The archive of reports."""

from collections.abc import Collection

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.pieces import FilterWord
from rapporten.archief import HEADS, gefilterd, instrument_keuzes, medewerker_keuzes, rijen
from rapporten.forms import ArchiefForm
from rapporten.models import Bundel
from rapporten.views.weken import tabs
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission

PER_PAGE = 50


@require_safe
@requires(Permission.VERSLAG_VIEW)
def archief(request: UserRequest) -> HttpResponse:
    """List the reports, narrowed by the filters in the address."""
    form = ArchiefForm(
        request.GET or None,
        instrumenten=instrument_keuzes(),
        medewerkers=medewerker_keuzes(request.user),
    )
    keuze = form.chosen() if form.is_bound else {}
    page = Paginator(gefilterd(request.user, keuze), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "heads": HEADS,
        "rows": rijen(list(page)),
        "words": _words(request, form, keuze),
        "is_filtered": bool(keuze),
        "tabs": tabs(request.user, "rapporten:archief"),
        "bundels": Bundel.objects.visible_to(request.user).recent(timezone.now()),
    }
    return TemplateResponse(request, "rapporten/archief.html", context)


def _words(request: UserRequest, form: ArchiefForm, keuze: Collection[str]) -> list[FilterWord]:
    words = []
    for name in keuze:
        rest = request.GET.copy()
        rest.pop(name, None)
        rest.pop("page", None)
        field = form[name]
        chosen = dict(getattr(field.field, "choices", [])).get(request.GET[name])
        words.append(
            FilterWord(f"{field.label}: {chosen or request.GET[name]}", f"?{rest.urlencode()}")
        )
    return words

"""What wijk-werken led to, per organiser and per activity."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from wijkwerken.queries.uitkomsten import per_activiteit, per_organisator
from wijkwerken.rules.uitkomsten import MINSTENS, Uitkomst

EERSTE_JAAR = 2018


@require_safe
@requires(Permission.DREMPEL_REPORT)
def uitkomsten(request: UserRequest, jaar: int = 0) -> HttpResponse:
    """Show where the wijk-werkers went who stopped in a year; few people are never told."""
    dit_jaar = timezone.localdate().year
    gekozen = jaar or dit_jaar
    if not EERSTE_JAAR <= gekozen <= dit_jaar:
        raise Http404
    context = {
        "jaar": gekozen,
        "vorig": gekozen - 1 if gekozen > EERSTE_JAAR else None,
        "volgend": gekozen + 1 if gekozen < dit_jaar else None,
        "kolommen": [uitkomst.value for uitkomst in Uitkomst],
        "organisatoren": per_organisator(request.user, jaar=gekozen),
        "activiteiten": per_activiteit(request.user, jaar=gekozen),
        "minstens": MINSTENS,
    }
    return TemplateResponse(request, "wijkwerken/uitkomsten.html", context)

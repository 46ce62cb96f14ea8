"""What clients see of the bestuur."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.errors import DomainError
from kern.pieces import Fact
from toegang.access import requires
from toegang.commands import change_telefoon
from toegang.forms import BestuurForm
from toegang.http import UserRequest
from toegang.models import Bestuur
from toegang.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BESTUUR_CHANGE)
def bestuur(request: UserRequest) -> HttpResponse:
    """Show the own bestuur; change the number that clients may call."""
    workplace = request.user.bestuur
    own = get_object_or_404(Bestuur, pk=workplace.pk if workplace else 0)
    form = BestuurForm(request.POST or None, initial={"telefoon": own.telefoon})
    if request.method == "POST" and form.is_valid():
        try:
            change_telefoon(bestuur=own, **form.cleaned_data, by=request.user, at=timezone.now())
        except DomainError as refusal:
            form.add_error("telefoon", str(refusal))
        else:
            messages.success(request, "Bewaard.")
            return redirect("toegang:bestuur")
    facts = [
        Fact("Bestuur", own.naam),
        Fact("Gemeente", f"{own.postcode} {own.gemeente}".strip()),
        Fact("NIS-code", own.nis),
    ]
    return TemplateResponse(request, "toegang/bestuur.html", {"facts": facts, "form": form})

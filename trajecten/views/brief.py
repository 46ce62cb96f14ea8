"""The letter about an appointment, in the client's language and in large type."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from kern.errors import DomainError
from kern.pdf import render_pdf
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.afspraakbericht import brief_voor, taal_van
from trajecten.commands.afspraken import note_told
from trajecten.models import Afspraak
from trajecten.views.afspraken import find_afspraak, person_url


@require_POST
@requires(Permission.AFSPRAAK_MAKE)
def brief(request: UserRequest, pk: int) -> HttpResponse:
    """Make the letter; that it was made is written down."""
    row = find_afspraak(request, pk, scherm="brief bij een afspraak")
    try:
        content = _letter(request, row)
        note_told(afspraak=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(person_url(request, row.client_id))
    return pdf_answer(content, f"afspraak-{row.dag:%Y-%m-%d}.pdf")


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """Return a PDF that the browser saves."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _letter(request: UserRequest, row: Afspraak) -> bytes:
    bestuur = request.user.bestuur
    if bestuur is None:
        raise DomainError("Kies eerst waar u werkt.")
    with translation.override(taal_van(row.client)):
        context = {"brief": brief_voor(row, bestuur=bestuur, at=timezone.now())}
        return render_pdf("pdf/afspraakbrief.html", context)

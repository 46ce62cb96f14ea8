"""Messages that did not arrive: of whom, which, and what to do."""

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseload.enums import Wie
from caseload.queries.berichten import niet_aangekomen
from caseload.queries.dag import whose
from caseload.rules.berichten import raad_bij
from caseload.views.tonen import Regel, acts, address, file_url
from clienten.enums import BerichtSoort, BerichtStatus
from clienten.models import Bericht
from kern.belgian_dates import format_short
from kern.pieces import Act, Tab
from toegang.access import requires
from toegang.http import UserRequest
from toegang.models import Gebruiker
from toegang.permissions import Permission

PER_PAGE = 50
_NIEUWE_LINK = (BerichtSoort.PORTAALLINK, BerichtSoort.CODE)
_AFSPRAKEN = (BerichtSoort.AFSPRAAK, BerichtSoort.HERINNERING)


@require_safe
@requires(Permission.BERICHT_VIEW)
def berichten(request: UserRequest) -> TemplateResponse:
    """List them, of one's own clients or of all that one may see."""
    user, now = request.user, timezone.now()
    asked = request.GET.get("wie", "")
    wie = asked if asked in {Wie.MIJ, Wie.TEAM} else whose(user)
    page = Paginator(niet_aangekomen(user, wie, at=now), PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("caseload:berichten")
    context = {
        "page": page,
        "regels": [_line(row, user) for row in page],
        "tabs": [
            Tab(str(keuze.label), f"{here}?wie={keuze.value}", active=keuze == wie)
            for keuze in (Wie.MIJ, Wie.TEAM)
        ],
    }
    return TemplateResponse(request, "caseload/berichten.html", context)


def _line(row: Bericht, user: Gebruiker) -> Regel:
    client = row.client
    raad = raad_bij(
        status=row.status, kanaal=row.kanaal, foutcode=row.foutcode, telefoon=client.telefoon
    )
    onzeker = row.status == BerichtStatus.ONBEKEND
    day = format_short(timezone.localdate(row.aangemaakt_at))
    wat = f"{row.get_soort_display()}, {row.get_kanaal_display().lower()} van {day}"
    change = address("caseload:wijzig", client.pk)
    contact = address("trajecten:add_logboekitem", client.pk)
    link = address("portaal:toegang", client.pk) if row.soort in _NIEUWE_LINK else ""
    plans = address("trajecten:afspraken", client.pk) if row.soort in _AFSPRAKEN else ""
    first = Act("Wijzig de gegevens", change) if raad.is_adres else Act("Noteer contact", contact)
    return Regel(
        level="binnenkort" if onzeker else "nu",
        word=str(BerichtStatus(row.status).label),
        due=None,
        client=client.naam,
        client_url=file_url(user, client.pk),
        reason=f"{wat}. {raad.zin}",
        act=first if first.url else None,
        more=acts(
            ("Noteer contact", contact if raad.is_adres else "", "telefoon"),
            ("Wijzig de gegevens", "" if raad.is_adres else change, "potlood"),
            ("Nieuwe link of brief", link, "sleutel"),
            ("Afspraken en brieven", plans, "kalender"),
            ("Open het dossier", file_url(user, client.pk), "persoon"),
        ),
    )

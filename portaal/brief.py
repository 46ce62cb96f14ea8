"""The letter with a link: a QR code, a short code to type, large letters, the client's language."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clienten.models import Client
from kern.pdf import render_pdf
from portaal.commands import give_link
from portaal.enums import LinkKanaal
from portaal.qr import qr_svg
from portaal.uitgifte import in_language_of
from toegang.models import Bestuur, Gebruiker

TEMPLATE = "pdf/portaalbrief.html"


@dataclass(frozen=True, slots=True)
class Brief:
    """What stands in the letter."""

    client: Client
    bestuur: Bestuur
    taal: str
    is_rtl: bool
    qr: SafeString
    code: str
    code_adres: str
    dag: date
    vervalt: date


@transaction.atomic
def make_letter(*, client: Client, stop_oude: bool, by: Gebruiker, at: datetime) -> bytes:
    """Give the client a link on paper; when the letter cannot be made there is no link either."""
    gegeven = give_link(client=client, kanaal=LinkKanaal.BRIEF, stop_oude=stop_oude, by=by, at=at)
    with in_language_of(client):
        typed = settings.SITE_URL.rstrip("/") + reverse("portaal:code")
        parts = urlsplit(typed)
        brief = Brief(
            client=client,
            bestuur=gegeven.link.bestuur,
            taal=translation.get_language() or "nl-be",
            is_rtl=translation.get_language_bidi(),
            qr=qr_svg(gegeven.adres, naam=gettext("QR-code om te scannen")),
            code=gegeven.code,
            code_adres=f"{parts.netloc}{parts.path}",
            dag=timezone.localdate(at),
            vervalt=timezone.localdate(gegeven.link.vervalt_at),
        )
        return render_pdf(TEMPLATE, {"brief": brief})

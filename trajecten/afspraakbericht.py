"""What a client is told about an appointment: her language, plain words, nothing about why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clienten.commands.berichten import address_for
from clienten.enums import BerichtKanaal, BerichtSoort, Kanaal
from clienten.models import Client
from toegang.models import Bestuur
from trajecten.enums import AfspraakSoort
from trajecten.models import Afspraak
from trajecten.queries.tekstblokken import Tekst as Blok
from trajecten.queries.tekstblokken import teksten_op

# The languages into which our sentences were put; who reads another one gets Dutch.
TALEN = ("nl", "fr", "en", "ar")
# Written from left to right in every language.
LINKS = ("bestuur", "telefoon", "plaats", "uur")
SLOT = "afspraakbrief_slot"
LIJNEN = {Kanaal.SMS.value: BerichtKanaal.SMS, Kanaal.EMAIL.value: BerichtKanaal.EMAIL}


class Wat(StrEnum):
    """What there is to tell."""

    GEPLAND = "gepland"
    VERPLAATST = "verplaatst"
    AFGEZEGD = "afgezegd"
    HERINNERING = "herinnering"


@dataclass(frozen=True, slots=True)
class Tekst:
    """A message, ready to be sent."""

    soort: BerichtSoort
    onderwerp: str
    tekst: str


def taal_van(client: Client) -> str:
    """Return the language in which the client is written to."""
    return client.taal if client.taal in TALEN else "nl"


def kanaal_van(client: Client) -> BerichtKanaal | None:
    """Return the line along which a message reaches the client by itself, if there is one."""
    kanaal = LIJNEN.get(client.kanaal)
    return kanaal if kanaal is not None and address_for(client, kanaal) else None


def tekst_voor(afspraak: Afspraak, wat: Wat, *, bestuur: Bestuur) -> Tekst:
    """Return the message in the client's language."""
    with translation.override(taal_van(afspraak.client)):
        zinnen = _zinnen(afspraak, wat, bestuur)
        onderwerp = _("Uw afspraak bij %(bestuur)s") % {"bestuur": bestuur.naam}
    soort = BerichtSoort.HERINNERING if wat is Wat.HERINNERING else BerichtSoort.AFSPRAAK
    return Tekst(soort, onderwerp, " ".join(zinnen))


@dataclass(frozen=True, slots=True)
class Brief:
    """A letter; `slot` is the text block of the bestuur at its end."""

    taal: str
    richting: str
    bestuur: Bestuur
    client: Client
    datum: str
    titel: str
    dag: str
    uur: str
    zinnen: tuple[str, ...]
    slot: Blok


def brief_voor(afspraak: Afspraak, *, bestuur: Bestuur, at: datetime) -> Brief:
    """Return the letter in the client's language."""
    taal = taal_van(afspraak.client)
    with translation.override(taal):
        moment = timezone.localtime(afspraak.begint_at)
        return Brief(
            taal=taal,
            richting="rtl" if translation.get_language_bidi() else "ltr",
            bestuur=bestuur,
            client=afspraak.client,
            datum=date_format(timezone.localdate(at), "j F Y"),
            titel=_("Uw afspraak"),
            dag=date_format(moment, "l j F Y"),
            uur=f"{moment:%H:%M}",
            # Whom to call when one cannot come stands in the text block.
            zinnen=tuple(_zinnen(afspraak, Wat.GEPLAND, bestuur, met_bellen=False)),
            slot=teksten_op(bestuur, taal=taal, op=at)[SLOT],
        )


def wanneer(afspraak: Afspraak) -> dict[str, str]:
    """Return day and hour in the language that counts now."""
    moment = timezone.localtime(afspraak.begint_at)
    return {"dag": date_format(moment, "l j F"), "uur": f"{moment:%H:%M}"}


def _zinnen(
    afspraak: Afspraak, wat: Wat, bestuur: Bestuur, *, met_bellen: bool = True
) -> list[str]:
    namen = wanneer(afspraak) | {"bestuur": bestuur.naam, "telefoon": bestuur.telefoon}
    namen["plaats"] = afspraak.plaats.rstrip(".")
    if translation.get_language_bidi():
        # A telephone number between Arabic words would turn round.
        namen = {
            word: f"\u2066{text}\u2069" if word in LINKS else text for word, text in namen.items()
        }
    if wat is Wat.AFGEZEGD:
        zinnen = [
            _("Uw afspraak bij %(bestuur)s gaat niet door.") % namen,
            _("Het gaat om %(dag)s om %(uur)s.") % namen,
        ]
        bellen = _("Wilt u een nieuwe afspraak? Bel %(telefoon)s.")
    else:
        aanhef = {
            Wat.VERPLAATST: _("Uw afspraak bij %(bestuur)s is verplaatst."),
            Wat.HERINNERING: _("U hebt binnenkort een afspraak bij %(bestuur)s."),
        }.get(wat, _("U hebt een afspraak bij %(bestuur)s."))
        zinnen = [aanhef % namen, _wat_gebeurt(afspraak) % namen]
        if afspraak.plaats and afspraak.soort not in _ZONDER_PLAATS:
            zinnen.append(_("Waar: %(plaats)s.") % namen)
        bellen = _("Kunt u niet? Bel %(telefoon)s.")
    return [*zinnen, bellen % namen] if bestuur.telefoon and met_bellen else zinnen


_ZONDER_PLAATS = (AfspraakSoort.TELEFOON, AfspraakSoort.HUISBEZOEK)


def _wat_gebeurt(afspraak: Afspraak) -> str:
    if afspraak.soort == AfspraakSoort.TELEFOON:
        return _("Wij bellen u op %(dag)s om %(uur)s.")
    if afspraak.soort == AfspraakSoort.HUISBEZOEK:
        return _("Wij komen bij u thuis op %(dag)s om %(uur)s.")
    return _("Wij verwachten u op %(dag)s om %(uur)s.")

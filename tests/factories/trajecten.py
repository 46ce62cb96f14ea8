"""Trajecten and what happens in them; every function needs the scope of the bestuur."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from clienten.models import Client
from toegang.models import Gebruiker
from trajecten.enums import LogSoort, StapEigenaar, StapSoort
from trajecten.models import Instrument, Logboekitem, Traject, VolgendeStap

BRUSSELS = ZoneInfo("Europe/Brussels")


def make_traject(client: Client, instrument: str = "twe", **fields) -> Traject:
    """Start a traject; `uiterste_dag` is stored as given, the clock is not asked."""
    found = Instrument.objects.get(code=instrument)
    return Traject.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        instrument=found,
        groep=found.groep,
        begindatum=fields.pop("begindatum", date(2026, 3, 2)),
        **fields,
    )


def make_stap(traject: Traject, **fields) -> VolgendeStap:
    """Agree on a next step."""
    return VolgendeStap.objects.create(
        bestuur_id=traject.bestuur_id,
        client_id=traject.client_id,
        traject=traject,
        tekst=fields.pop("tekst", "Solliciteren bij het woonzorgcentrum"),
        soort=fields.pop("soort", StapSoort.WERK),
        eigenaar=fields.pop("eigenaar", StapEigenaar.CLIENT),
        tegen=fields.pop("tegen", date(2026, 12, 15)),
        afgesproken_op=fields.pop("afgesproken_op", date(2026, 11, 1)),
        **fields,
    )


def make_logboekitem(client: Client, auteur: Gebruiker, **fields) -> Logboekitem:
    """Note a contact."""
    return Logboekitem.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        auteur=auteur,
        soort=fields.pop("soort", LogSoort.GESPREK),
        moment=fields.pop("moment", datetime(2026, 11, 10, 10, 0, tzinfo=BRUSSELS)),
        tekst=fields.pop("tekst", "Besproken hoe het gaat."),
        **fields,
    )

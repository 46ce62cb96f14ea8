"""Trajecten and what happens in them; every function needs the scope of the bestuur."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from clienten.models import Client
from toegang.models import Gebruiker
from trajecten.enums import LogSoort, PlanStapSoort, PlanStatus, StapSoort, Stem, Uitvoerder
from trajecten.models import Instrument, Logboekitem, Stap, Traject

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


def make_stap(traject: Traject, **fields) -> Stap:
    """Put an agreed next step after a traject in the plan."""
    tegen = fields.pop("tegen", date(2026, 12, 15))
    fields.setdefault("vervolg", StapSoort.WERK)
    return make_planstap(
        traject.client,
        traject=traject,
        soort=PlanStapSoort.VOLGENDE_STAP,
        tekst=fields.pop("tekst", "Solliciteren bij het woonzorgcentrum"),
        tegen=tegen,
        **fields,
    )


def make_planstap(client: Client, **fields) -> Stap:
    """Put a step in the plan: agreed, or waiting for a side when `wacht_op` is given."""
    wacht_op = fields.pop("wacht_op", "")
    tegen = fields.pop("tegen", None)
    at = fields.pop("created_at", datetime(2026, 11, 1, 10, 0, tzinfo=BRUSSELS))
    voorsteller = Stem.CLIENT if wacht_op == Stem.OCMW else Stem.OCMW
    stand = {"status": PlanStatus.AFGESPROKEN, "afgesproken_op": date(2026, 11, 1)}
    stand["afgesproken_tegen"] = tegen
    if wacht_op:
        stand = {"status": PlanStatus.VOORGESTELD, "wacht_op": wacht_op, "wacht_sinds": at}
    return Stap.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        tekst=fields.pop("tekst", "Theorie rijbewijs leren"),
        voorsteller=fields.pop("voorsteller", voorsteller),
        voorstel_van=fields.pop("voorstel_van", voorsteller),
        uitvoerders=fields.pop("uitvoerders", [Uitvoerder.CLIENT]),
        tegen=tegen,
        created_at=at,
        **{**stand, **fields},
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

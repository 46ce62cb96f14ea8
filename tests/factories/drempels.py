"""Barriers and the steps that wait; every function needs the scope of the bestuur."""

from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from clienten.enums import DrempelSoort
from clienten.models import Client, Drempel, GevoeligeDrempel
from kern.db.scope import SENSITIVE, restore_local, set_local
from trajecten.enums import PlanStatus, Stem, Uitvoerder
from trajecten.models import Blokkering, Stap

BRUSSELS = ZoneInfo("Europe/Brussels")
NOTED = datetime(2026, 9, 1, 9, 0, tzinfo=BRUSSELS)
_numbers = count(1)


@contextmanager
def open_compartment():
    """Let the sensitive compartment stand open, as for a job that asked for it by name."""
    before = set_local({SENSITIVE: "1"})
    try:
        yield
    finally:
        restore_local(before)


def make_drempel(client: Client, soort: str = DrempelSoort.KINDEROPVANG, **fields) -> Drempel:
    """Note a barrier of an ordinary kind."""
    return Drempel.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        soort=soort,
        van=fields.pop("van", date(2026, 9, 1)),
        gewijzigd_at=fields.pop("gewijzigd_at", NOTED),
        **fields,
    )


def make_gevoelige_drempel(
    client: Client, soort: str = DrempelSoort.GEZONDHEID, omschrijving: str = "", **fields
) -> Drempel:
    """Note a sensitive barrier with what stands in the compartment."""
    drempel = make_drempel(client, DrempelSoort.GEVOELIG, **fields)
    with open_compartment():
        GevoeligeDrempel.objects.create(
            bestuur_id=client.bestuur_id,
            client=client,
            drempel=drempel,
            soort=soort,
            omschrijving=omschrijving,
            gewijzigd_at=NOTED,
        )
    return drempel


def make_planstap(client: Client, **fields) -> Stap:
    """Agree on a step of the plan."""
    tegen = fields.pop("tegen", date(2026, 12, 15))
    return Stap.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        tekst=fields.pop("tekst", f"Stap {next(_numbers)}"),
        voorsteller=fields.pop("voorsteller", Stem.CLIENT),
        voorstel_van=fields.pop("voorstel_van", Stem.CLIENT),
        uitvoerders=fields.pop("uitvoerders", [Uitvoerder.CLIENT.value]),
        status=fields.pop("status", PlanStatus.AFGESPROKEN),
        tegen=tegen,
        afgesproken_op=fields.pop("afgesproken_op", date(2026, 9, 1)),
        afgesproken_tegen=tegen,
        created_at=NOTED,
        **fields,
    )


def make_blokkering(stap: Stap, drempel: Drempel, **fields) -> Blokkering:
    """Let a step wait."""
    return Blokkering.objects.create(
        bestuur_id=stap.bestuur_id,
        client_id=stap.client_id,
        stap=stap,
        drempel=drempel,
        van=fields.pop("van", date(2026, 10, 1)),
        **fields,
    )

"""Wijk-werken; every function needs the scope of the bestuur."""

from datetime import date, datetime
from decimal import Decimal

from clienten.models import Client
from kern.belgian_dates import BRUSSELS
from tests.factories.trajecten import make_traject
from toegang.models import Bestuur
from trajecten.models import Traject
from wijkwerken.enums import GebruikerSoort, OrganisatorSoort, Toeleider
from wijkwerken.models import (
    Activiteit,
    Inschrijving,
    Inzet,
    Opdracht,
    Opdrachtgever,
    Organisator,
    Prestatie,
    Toeleiding,
)
from wijkwerken.rules.prestaties import cheques_voor


def make_organisator(bestuur: Bestuur, naam: str = "IGO", **fields) -> Organisator:
    """Make an intermunicipal organiser; asked twice by the same name, it is the same one."""
    fields.setdefault("soort", OrganisatorSoort.INTERGEMEENTELIJK)
    fields.setdefault("chequeprijs", Decimal("7.45"))
    fields.setdefault("van", date(2018, 1, 1))
    return Organisator.objects.get_or_create(bestuur=bestuur, naam=naam, defaults=fields)[0]


def make_inschrijving(client: Client, **fields) -> Inschrijving:
    """Enrol the client, on a traject wijk-werken of her own unless one is given."""
    traject: Traject = fields.pop("traject", None) or make_traject(
        client, "wijkwerken", begindatum=fields.pop("begindatum", date(2026, 3, 2))
    )
    toeleider = fields.pop("toeleider", Toeleider.OCMW)
    row = Inschrijving.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        traject=traject,
        organisator=fields.pop("organisator", None) or make_organisator(client.bestuur),
        **fields,
    )
    Toeleiding.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        inschrijving=row,
        toeleider=toeleider,
        van=traject.begindatum,
    )
    return row


def make_activiteit(bestuur: Bestuur, naam: str = "Klein tuinonderhoud", **fields) -> Activiteit:
    """Put an activity on the list; asked twice by the same code, it is the same one."""
    code = fields.pop("code", naam.lower().replace(" ", "-"))
    fields.setdefault("gebruikers", list(GebruikerSoort.values))
    return Activiteit.objects.get_or_create(
        bestuur=bestuur, code=code, defaults={"naam": naam, **fields}
    )[0]


def make_opdrachtgever(bestuur: Bestuur, naam: str = "Annie Peeters", **fields) -> Opdrachtgever:
    """Make a user of wijk-werken, a private person unless told otherwise."""
    return Opdrachtgever.objects.create(
        bestuur=bestuur,
        naam=naam,
        soort=fields.pop("soort", GebruikerSoort.PARTICULIER),
        van=fields.pop("van", date(2026, 1, 1)),
        **fields,
    )


def make_opdracht(bestuur: Bestuur, omschrijving: str = "Haag scheren", **fields) -> Opdracht:
    """Let somebody ask for a task."""
    return Opdracht.objects.create(
        bestuur=bestuur,
        omschrijving=omschrijving,
        opdrachtgever=fields.pop("opdrachtgever", None) or make_opdrachtgever(bestuur),
        activiteit=fields.pop("activiteit", None) or make_activiteit(bestuur),
        dorp=fields.pop("dorp", "Winksele"),
        uren_per_maand=fields.pop("uren_per_maand", Decimal(10)),
        van=fields.pop("van", date(2026, 1, 1)),
        **fields,
    )


def make_inzet(inschrijving: Inschrijving, opdracht: Opdracht, **fields) -> Inzet:
    """Let a wijk-werker do a task."""
    return Inzet.objects.create(
        bestuur_id=inschrijving.bestuur_id,
        client_id=inschrijving.client_id,
        inschrijving=inschrijving,
        opdracht=opdracht,
        uren_per_maand=fields.pop("uren_per_maand", Decimal(10)),
        van=fields.pop("van", inschrijving.traject.begindatum),
        **fields,
    )


def make_prestatie(inschrijving: Inschrijving, dag: date, uren: float = 4, **fields) -> Prestatie:
    """Write hours straight into the table; the caps of the database still hold."""
    minuten = fields.pop("minuten", round(uren * 60))
    fields.setdefault("cheques", cheques_voor(minuten))
    fields.setdefault("ingevoerd_at", datetime(2026, 11, 1, 10, 0, tzinfo=BRUSSELS))
    return Prestatie.objects.create(
        bestuur_id=inschrijving.bestuur_id,
        client_id=inschrijving.client_id,
        inschrijving=inschrijving,
        dag=dag,
        minuten=minuten,
        **fields,
    )

"""What is known of an enrolment, as the facts of its page."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from kern.belgian_dates import format_short
from kern.pieces import Act, Fact
from wijkwerken.models import Inschrijving
from wijkwerken.queries.inschrijvingen import Wijkwerkblad


def facts_of(blad: Wijkwerkblad, *, may: bool) -> list[Fact]:
    """Return who organises and refers, the contract, the permission, the right from PWA."""
    row, traject = blad.inschrijving, blad.traject
    change = Act("vul in", reverse("wijkwerken:change_inschrijving", args=[row.pk]))
    add = change if may and traject.einddatum is None else None
    sinds = format_short(blad.toeleiding.van)
    facts = [
        Fact("Organisator", row.organisator.naam, note=row.organisator.contact),
        Fact("Toegeleid door", blad.toeleiding.get_toeleider_display(), note=f"sinds {sinds}"),
        Fact("Eerste dag", _day(traject.begindatum)),
    ]
    if traject.einddatum is not None:
        reden = traject.get_eindreden_display()
        facts.append(Fact("Laatste dag", _day(traject.einddatum), note=reden))
    facts.append(Fact("Wijk-werkovereenkomst", _day(row.overeenkomst_op), add=add))
    facts.append(Fact("Afstand naar het werk", _km(row.afstand_km), add=add))
    if row.is_arbeidsongeschikt:
        facts.append(Fact("Adviserend arts", _toestemming(row), "nog geen toestemming", add=add))
    if traject.pwa_overeenkomst_op is not None:
        recht = "overgangsrecht" if blad.overgang else "geeft geen overgangsrecht"
        recht = "overgangsrecht vervallen" if blad.recht_vervallen else recht
        facts.append(Fact("PWA-overeenkomst van", _day(traject.pwa_overeenkomst_op), note=recht))
        facts.append(Fact("Laatste prestatie", _day(traject.laatste_prestatie_op)))
    return facts


def _day(value: date | None) -> str:
    return format_short(value) if value else ""


def _km(value: Decimal | None) -> str:
    return f"{value:g} km, heen en terug".replace(".", ",") if value is not None else ""


def _toestemming(row: Inschrijving) -> str:
    if row.toestemming_van is None:
        return ""
    tot = f" t.e.m. {_day(row.toestemming_tot)}" if row.toestemming_tot else ", zonder einddatum"
    return f"toestemming vanaf {_day(row.toestemming_van)}{tot}"

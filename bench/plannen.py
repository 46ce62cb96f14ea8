"""The plan of one invented client, as lines for COPY: steps of both sides, answers, versions."""

import random
from datetime import date, timedelta
from typing import Any, Protocol

STAP = (
    *("id", "bestuur_id", "client_id", "traject_id", "tekst", "domein", "soort", "vervolg"),
    *("toelichting", "voorsteller", "voorstel_van", "uitvoerders", "partner", "tegen", "status"),
    *("revisie", "wacht_op", "wacht_sinds", "afgesproken_op", "afgesproken_tegen"),
    *("afgesloten_op", "afgesloten_door", "slotwoord", "created_at", "sleutel"),
)
TABLES: dict[str, tuple[str, ...]] = {
    "trajecten_stappenplan": (
        *("id", "bestuur_id", "client_id", "behoeften", "evaluatiewijze", "extra_hulp"),
        "created_at",
    ),
    "trajecten_stap": STAP,
    "trajecten_reactie": (
        *("id", "bestuur_id", "client_id", "stap_id", "revisie", "stem", "soort", "tekst", "dag"),
        *("kanaal", "tolk", "gebruiker_id", "at"),
    ),
    "trajecten_planversie": (
        *("id", "bestuur_id", "client_id", "nummer", "inhoud", "hash", "voorgelegd_at"),
        *("van_kracht_at", "vervangen_at", "ingetrokken_at"),
    ),
    "trajecten_akkoord": (
        *("id", "bestuur_id", "client_id", "planversie_id", "stem", "at", "kanaal", "taal"),
        *("tolk", "gebruiker_id"),
    ),
}
TEKSTEN = (
    *("Theorie rijbewijs leren", "Opvang zoeken voor woensdag", "Cv maken", "Taalles volgen"),
    *("Bellen met de mutualiteit", "Solliciteren in de keuken", "Fiets laten nakijken"),
)
DOMEINEN = ("werk", "werk", "gezin", "taal", "mobiliteit", "geld")


class Rij(Protocol):
    """Where the rows of one client go."""

    def add(self, table: str, *values: Any) -> int:
        """Queue a row of the client and return its key."""


def next_step(rij: Rij, traject: int, on: date, chance: random.Random, *, closed: bool) -> None:
    """Write the step that comes after a traject, agreed by both."""
    tegen = on - timedelta(days=20) if closed else on + timedelta(days=chance.randrange(-15, 120))
    _stap(
        rij,
        traject,
        on,
        chance,
        soort="volgende_stap",
        vervolg="werk",
        tegen=tegen,
        status="gedaan" if closed else "afgesproken",
    )


def plan(rij: Rij, on: date, werker: int, chance: random.Random, aantal: int) -> None:
    """Write the plan of one client with so many steps; most are done, as in a real file."""
    if aantal == 0:
        return
    begin = on - timedelta(days=chance.randrange(30, 700))
    rij.add("trajecten_stappenplan", "", "", "", f"{begin} 09:00+00")
    for _ in range(aantal):
        status = chance.choices(
            ("gedaan", "vervallen", "afgesproken", "voorgesteld", "oneens"),
            weights=(62, 8, 24, 4, 2),
        )[0]
        tegen = on + timedelta(days=chance.randrange(-10, 200))
        stap = _stap(rij, None, on, chance, tegen=tegen, status=status)
        if status in {"afgesproken", "oneens"} and chance.random() < 0.5:
            soort = "akkoord" if status == "afgesproken" else "niet_akkoord"
            rij.add(
                *("trajecten_reactie", stap, 1, "client", soort, "Overdag wil ik wel.", None),
                *("link", "", None, f"{begin} 10:00+00"),
            )
    if chance.random() < 0.7:
        _versie(rij, 1, begin, werker, in_force=True)
    if chance.random() < 0.02:
        _versie(rij, 2, on - timedelta(days=chance.randrange(1, 30)), werker, in_force=False)


def _stap(
    rij: Rij,
    traject: int | None,
    on: date,
    chance: random.Random,
    *,
    tegen: date,
    status: str,
    soort: str = "gewoon",
    vervolg: str = "",
) -> int:
    begin = on - timedelta(days=chance.randrange(30, 400))
    voorsteller = chance.choice(("client", "ocmw"))
    waits = status == "voorgesteld"
    sinds = f"{on - timedelta(days=chance.randrange(1, 40))} 10:00+00" if waits else None
    closed = status in {"gedaan", "vervallen"}
    agreed = status in {"gedaan", "vervallen", "afgesproken"}
    return rij.add(
        *("trajecten_stap", traject, chance.choice(TEKSTEN), chance.choice(DOMEINEN), soort),
        *(vervolg, "", voorsteller, voorsteller, chance.choice(("{client}", "{ocmw}")), ""),
        *(tegen, status, 1, ("ocmw" if voorsteller == "client" else "client") if waits else ""),
        *(sinds, begin if agreed else None, tegen if agreed else None),
        *(on - timedelta(days=3) if closed else None, "client" if closed else "", ""),
        *(f"{begin} 09:00+00", ""),
    )


def _versie(rij: Rij, nummer: int, dag: date, werker: int, *, in_force: bool) -> None:
    moment = f"{dag} 10:00+00"
    versie = rij.add(
        *("trajecten_planversie", nummer, '{"afspraken": []}', "0" * 64, moment),
        *(moment if in_force else None, None, None),
    )
    rij.add("trajecten_akkoord", versie, "client", moment, "link", "nl", "", None)
    if in_force:
        rij.add("trajecten_akkoord", versie, "ocmw", moment, "bureau", "nl", "", werker)

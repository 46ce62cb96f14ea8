"""The cards of a step plan on the gallery: every part of them once, with invented people."""

from datetime import date

from kern.pieces import Act, Answer, StepCard, Voice

HERE = "#"


def steps() -> list[StepCard]:
    """Return cards of an invented plan."""
    return [
        StepCard(
            voice="client",
            mover="Olena",
            text="Theorie voor het rijbewijs leren",
            proposer="Olena",
            due=date(2026, 12, 15),
            state="Afgesproken",
            level="orde",
            answers=(
                Answer("client", "Olena", "gaat akkoord", "Liever na de examens van mijn dochter."),
                Answer("petrol", "OCMW", "gaat akkoord"),
            ),
        ),
        StepCard(
            voice="petrol",
            mover="OCMW",
            text="Opvang zoeken voor woensdag",
            proposer="An Peeters",
            due=date(2026, 11, 17),
            state="Te laat",
            level="nu",
            blocked_by="plaats in kinderopvang De Zonnebloem",
            acts=(Act("Gedaan", HERE, icon="vink"), Act("Andere dag", HERE, icon="kalender")),
        ),
        _whole_step(),
        StepCard(
            voice="client",
            mover="Olena",
            text="Inschrijven voor de theorie",
            proposer="Olena",
            state="Gedaan",
            level="orde",
            closing="Gedaan, 16/11/2026, Olena: “Geslaagd van de eerste keer.”",
        ),
    ]


def _whole_step() -> StepCard:
    """Return a card with every part: three voices, an earlier answer, the quiet menu."""
    out = Act("Laat woorden weg", HERE, icon="sluit", about="Dat is wel vroeg.")
    return StepCard(
        voice="client",
        mover="Olena",
        movers=(Voice("client", "Olena"), Voice("rest", "Kringwinkel Zuid")),
        text="Drie dagen meedraaien in de keuken",
        kicker="Voor het doel: werken in de keuken van een woonzorgcentrum",
        explanation="Van 9 tot 15 uur. De bus van 8.20 uur komt op tijd.",
        proposer="OCMW",
        proposer_voice="petrol",
        due=date(2026, 12, 8),
        due_note="Afgesproken: di 1/12. Nu voorgesteld: di 8/12.",
        state="In bespreking, wacht op het OCMW",
        level="binnenkort",
        details=("werk", "wacht al 2 dagen"),
        links=(Act("hangt aan Tijdelijke werkervaring", HERE),),
        answers=(
            Answer(
                "client",
                "Olena",
                "wil een andere dag",
                asked=date(2026, 12, 15),
                how="20/11/2026, via de eigen link",
            ),
            Answer("petrol", "OCMW", "antwoordde nog niet"),
            Answer(
                "rest",
                "Kringwinkel Zuid, Els",
                "gaat akkoord",
                "Dat is wel vroeg.",
                how="21/11/2026, aan de telefoon, genoteerd door An Peeters",
                act=out,
            ),
        ),
        earlier=(Answer("petrol", "OCMW", "gaat akkoord", how="2/11/2026, An Peeters"),),
        acts=(Act("Akkoord met di 15/12", HERE, icon="vink"), Act("Ander antwoord", HERE)),
        more=(
            Act("Wijzig", HERE, icon="potlood"),
            Act("Noteer wat de partner zegt", HERE, icon="partners"),
        ),
    )

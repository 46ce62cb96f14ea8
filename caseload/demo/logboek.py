"""What stands in the log of an invented client: factual, short, without health details."""

from trajecten.enums import LogSoort

GESPREKKEN = (
    (
        LogSoort.GESPREK,
        "Samen vacatures bekeken. De brief schrijft de cliënt zelf; wij lezen na.",
    ),
    (
        LogSoort.GESPREK,
        "Overlopen wat goed gaat op het werk. Komt op tijd en vraagt meer uren in de keuken.",
    ),
    (
        LogSoort.TELEFOON,
        "Gebeld over de opvang op woensdag. Wij vragen een plaats bij het Huis van het Kind.",
    ),
    (LogSoort.TELEFOON, "Niet bereikt. Sms gestuurd met het voorstel om donderdag te bellen."),
    (LogSoort.BERICHT, "Mail met de data van de taalles. Dinsdag past."),
    (
        LogSoort.HUISBEZOEK,
        "Kennismaking thuis. De bus van 7.10 uur rijdt; fietsles is een wens.",
    ),
    (
        LogSoort.WERKPLEKBEZOEK,
        "Op bezoek in de groendienst. Begeleider is tevreden over het werken in ploeg.",
    ),
    (LogSoort.VASTSTELLING, "Attest van de taalles ontvangen: niveau 1.2 behaald."),
    (
        LogSoort.GESPREK,
        "Besproken wat na dit traject komt. Voorkeur: opleiding logistiek, anders interim.",
    ),
)
CONTACTEN = tuple(item for item in GESPREKKEN if item[0] != LogSoort.VASTSTELLING)

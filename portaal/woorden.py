"""The words of the desk as a client reads them: short, in her language, from her side."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clienten.enums import Deelgrond, Kanaal
from toegang.enums import Grond, Rol
from trajecten.enums import (
    AfspraakSoort,
    AkkoordKanaal,
    LogSoort,
    ReactieSoort,
    StapSoort,
    Uitvoerder,
)

Woord = Promise | str

UITVOERDER: dict[str, Woord] = {
    Uitvoerder.CLIENT: _("u"),
    Uitvoerder.MEDEWERKER: _("uw begeleider"),
    Uitvoerder.OCMW: _("het OCMW"),
}
STEM: dict[str, Woord] = {"client": _("u"), "ocmw": _("het OCMW"), "partner": _("een partner")}
# What a side said, as a whole sentence from her side.
GEZEGD: dict[tuple[str, str], Woord] = {
    ("client", ReactieSoort.AKKOORD): _("U ging akkoord."),
    ("client", ReactieSoort.ANDER_TEMPO): _("U vroeg een andere dag."),
    ("client", ReactieSoort.NIET_AKKOORD): _("U ging niet akkoord."),
    ("ocmw", ReactieSoort.AKKOORD): _("Het OCMW ging akkoord."),
    ("ocmw", ReactieSoort.ANDER_TEMPO): _("Het OCMW vroeg een andere dag."),
    ("ocmw", ReactieSoort.NIET_AKKOORD): _("Het OCMW ging niet akkoord."),
    ("partner", ReactieSoort.AKKOORD): _("Een partner ging akkoord."),
    ("partner", ReactieSoort.ANDER_TEMPO): _("Een partner vroeg een andere dag."),
    ("partner", ReactieSoort.NIET_AKKOORD): _("Een partner ging niet akkoord."),
}
# How she spoke; the end of "U zei ja op …".
HOE: dict[str, Woord] = {
    AkkoordKanaal.LINK: _("via uw eigen link"),
    AkkoordKanaal.BUREAU: _("aan het bureau"),
    AkkoordKanaal.PAPIER: _("op papier"),
    AkkoordKanaal.TELEFOON: _("aan de telefoon"),
}
VERVOLG: dict[str, Woord] = {
    StapSoort.WERK: _("werk zoeken of starten"),
    StapSoort.OPLEIDING: _("een opleiding"),
    StapSoort.STAGE: _("een stage"),
    StapSoort.ANDER_TRAJECT: _("een ander traject"),
    StapSoort.VERLENGING: _("langer doorgaan"),
    StapSoort.ARBEIDSZORG: _("werken met begeleiding"),
    StapSoort.VRIJWILLIGERSWERK: _("vrijwilligerswerk"),
    StapSoort.WELZIJN: _("zorg of hulp"),
    StapSoort.GEEN: _("niets meer"),
}
# The fields of what is agreed, as they stand above a difference.
VELD: dict[str, Woord] = {
    "tekst": _("Wat"),
    "domein": _("Waarover"),
    "uitvoerders": _("Wie doet het"),
    "partner": _("Welke partner"),
    "tegen": _("Tegen wanneer"),
    "doel": _("Voor welk doel"),
    "vervolg": _("Wat komt erna"),
    "akkoord": _("Zijn we het eens"),
    "behoeften": _("Wat is er nodig"),
    "evaluatiewijze": _("Hoe we kijken of het lukt"),
    "extra_hulp": _("Extra hulp"),
}
JA_NEE: dict[str, Woord] = {"ja": _("ja"), "nee": _("nee")}
LOG: dict[str, Woord] = {
    LogSoort.GESPREK: _("Gesprek"),
    LogSoort.TELEFOON: _("Telefoongesprek"),
    LogSoort.HUISBEZOEK: _("Huisbezoek"),
    LogSoort.BERICHT: _("Bericht"),
    LogSoort.VASTSTELLING: _("Wat wij zagen"),
    LogSoort.WERKPLEKBEZOEK: _("Bezoek op de werkplek"),
}
AFSPRAAK: dict[str, Woord] = {
    AfspraakSoort.GESPREK: _("Gesprek"),
    AfspraakSoort.TELEFOON: _("Wij bellen u"),
    AfspraakSoort.HUISBEZOEK: _("Wij komen bij u thuis"),
    AfspraakSoort.WERKPLEK: _("Bezoek op de werkplek"),
    AfspraakSoort.EVALUATIE: _("Gesprek over hoe het gaat"),
    AfspraakSoort.DRIEGESPREK: _("Gesprek met drie"),
}
# Who looked, by function: names of workers stay inside.
FUNCTIE: dict[str, Woord] = {
    Rol.MAATSCHAPPELIJK_WERKER: _("Maatschappelijk werker"),
    Rol.TRAJECTBEGELEIDER: _("Trajectbegeleider"),
    Rol.LEIDINGGEVENDE: _("Leidinggevende"),
    Rol.ONTHAAL: _("Onthaal"),
    Rol.BEHEERDER: _("Beheerder"),
    Rol.TOEZICHTHOUDER: _("Toezicht op uw privacy"),
}
GROND: dict[str, Woord] = {
    Grond.EIGEN_CLIENT: _("Deze persoon helpt u."),
    Grond.LEIDING: _("Deze persoon leidt het team."),
    Grond.REDEN: _("Deze persoon gaf een reden. U mag vragen welke."),
    Grond.ONTHAAL: _("Voor een afspraak of uw gegevens."),
    Grond.LIJST: _("Uw naam stond op een lijst op papier."),
}
DEELGROND: dict[str, Woord] = {
    Deelgrond.TOESTEMMING: _("U zei ja."),
    Deelgrond.WET: _("De wet vraagt dit."),
    Deelgrond.TAAK: _("Dit hoort bij het werk van het OCMW."),
    Deelgrond.OVEREENKOMST: _("Dit hoort bij uw contract."),
}
KANAAL: dict[str, Woord] = {
    Kanaal.TELEFOON: _("Bel mij"),
    Kanaal.SMS: _("Stuur mij een sms"),
    Kanaal.EMAIL: _("Stuur mij een mail"),
    Kanaal.BRIEF: _("Stuur mij een brief"),
    Kanaal.BALIE: _("Ik kom langs"),
}


def movers(uitvoerders: Sequence[str], partner: str = "", *, without: str = "") -> str:
    """Return who does it: "u en het OCMW"; a partner by its own name."""
    named = [
        partner or gettext("een partner") if mover == Uitvoerder.PARTNER else str(UITVOERDER[mover])
        for mover in uitvoerders
        if mover != without
    ]
    if len(named) < 2:
        return "".join(named)
    return gettext("%(eerste)s en %(laatste)s") % {
        "eerste": ", ".join(named[:-1]),
        "laatste": named[-1],
    }

"""The text in the column "Traject" to an instrument of the reference list; never a near miss."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.tekst import fold, squeeze
from kern.belgian_dates import format_short

GEEN_TRAJECT = frozenset({"geen", "geentraject", "nog geen", "nog geen traject", "geen traject"})

# Ways in which offices write a measure, without blanks; the codes are tried in this order, so
# that a reference list without a separate art. 60 still finds TWE.
_SYNONIEMEN: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("twe",),
        """twe tijdelijkewerkervaring tijdelijkwerkervaring twetijdelijkewerkervaring
        tijdelijkewerkervaringtwe tweart60 tweartikel60 tweocmw ocmwtwe twewerkervaring
        tijdelijkewerkervaringart60 tijdelijkewerkervaringartikel60 werkervaringtwe twetraject
        trajecttwe tweart607 tweartikel607 art60twe artikel60twe weo werkervaringsovereenkomst
        tijdelijkewerkervaringocmw twewijktewerkstelling tweweo""",
    ),
    (
        ("art60", "artikel60", "artikel_60", "art_60", "twe"),
        """art60 artikel60 art607 artikel607 a60 sociaaltewerkstelling socialetewerkstelling
        art60tewerkstelling tewerkstellingart60 tewerkstellingartikel60 art60paragraaf7
        artikel60paragraaf7 art60par7""",
    ),
    (("art61", "artikel61", "artikel_61", "art_61"), "art61 artikel61 a61"),
    (
        ("wijkwerken", "wijk_werken"),
        """wijkwerken wijkwerk wijkwerker ww wijkwerktraject wijkwerkentraject trajectwijkwerken
        wijkwerkenvdab wijkwerkenww wijkwerkenpwa wijkwerkenvroegerpwa""",
    ),
    (
        ("activeringstraject",),
        """activeringstraject activeringstrajectw2 activeringstrajectw activeringstrajectw2traject
        activeringstrajectwerkenzorg activeringstrajectwerkzorg w2 w2traject werkenzorgtraject
        werkzorgtraject activeringstrajectvdab activeringstrajectat activeringstrajectenw2
        activeringstrajecten activeringstrajectwz""",
    ),
    (
        ("ama_welzijn", "ama_zorg"),
        """amawelzijn amawvg amazorg arbeidsmatigeactiviteitenwelzijn amawelzijnenzorg
        amazorgwelzijn arbeidsmatigeactiviteitenzorg amazorgenwelzijn arbeidszorgwelzijn
        amagezondheidenwelzijn arbeidsmatigeactiviteitenzorgenwelzijn arbeidsmatigeactiviteitenwvg""",
    ),
    (
        ("ama_se", "ama_wse"),
        """amase amawse amasocialeeconomie arbeidsmatigeactiviteitensocialeeconomie
        arbeidsmatigeactiviteitenindesocialeeconomie arbeidsmatigeactiviteitense amainse
        arbeidsmatigeactiviteitenwse""",
    ),
    (
        ("imw", "individueel_maatwerk"),
        "imw individueelmaatwerk individueelmaatwerkimw maatwerkindividueel imwindividueelmaatwerk",
    ),
    (
        ("wop", "collectief_maatwerk", "maatwerk"),
        """wop collectiefmaatwerk collectiefmaatwerkwop maatwerkbedrijf wopcollectiefmaatwerk
        maatwerkcollectief""",
    ),
    (("lde", "lokale_diensteneconomie"), "lde lokalediensteneconomie lokalediensteneconomielde"),
    (
        ("ibo",),
        "ibo individueleberoepsopleiding iboindividueleberoepsopleiding",
    ),
    (
        ("k_ibo", "kibo", "k-ibo"),
        "kibo kwetsbareibo ibokwetsbaar kwetsbareindividueleberoepsopleiding kiboindividueel",
    ),
    (
        ("werkervaringsstage", "wes"),
        "werkervaringsstage wes stagewerkervaring werkervaringsstagewes",
    ),
    (("activeringsstage",), "activeringsstage activeringsstages"),
    (
        ("bvs", "beroepsverkennende_stage"),
        "bvs beroepsverkennendestage beroepsverkennendestagebvs",
    ),
    (("vrijwilligerswerk",), "vrijwilligerswerk vrijwilliger vrijwilligerswerking"),
)
_MEERDUIDIG = {
    "ama": "ama_",
    "arbeidsmatigeactiviteiten": "ama_",
    "arbeidsmatigeactiviteitenama": "ama_",
    "arbeidszorg": "ama_",
    "amaarbeidszorg": "ama_",
}


@dataclass(frozen=True, slots=True)
class BekendInstrument:
    """A row of the reference list, as far as reading a list needs it."""

    code: str
    naam: str
    geldig_van: date | None = None
    geldig_tot: date | None = None
    is_startbaar: bool = True


class Instrumentenlijst:
    """Finds the instrument meant by a text."""

    def __init__(self, instrumenten: Iterable[BekendInstrument]) -> None:
        self._by_code = {instrument.code: instrument for instrument in instrumenten}
        self._by_text: dict[str, BekendInstrument] = {}
        for codes, teksten in _SYNONIEMEN:
            instrument = next((self._by_code[c] for c in codes if c in self._by_code), None)
            if instrument is not None:
                self._by_text.update(dict.fromkeys(teksten.split(), instrument))
        for instrument in self._by_code.values():
            self._by_text[squeeze(instrument.naam)] = instrument
            self._by_text[squeeze(instrument.code)] = instrument

    def find(self, text: str) -> BekendInstrument | None:
        """Return the instrument, or None where the text says there is none yet."""
        if fold(text) in GEEN_TRAJECT:
            return None
        sleutel = squeeze(text)
        if (instrument := self._by_text.get(sleutel)) is not None:
            return instrument
        if (prefix := _MEERDUIDIG.get(sleutel)) is not None:
            self._refuse_vague(text, prefix)
        raise RijGeweigerd("onbekend traject")

    def _refuse_vague(self, text: str, prefix: str) -> None:
        namen = [i.naam for i in self._by_code.values() if i.code.startswith(prefix)]
        if len(namen) > 1:
            keuze = " of ".join(namen)
            raise RijGeweigerd(f"traject {text} is niet eenduidig: schrijf {keuze}")


def check_opening(instrument: BekendInstrument, start: date) -> None:
    """Refuse a start on which the measure did not exist yet or no more."""
    if instrument.geldig_tot is not None and start > instrument.geldig_tot:
        raise RijGeweigerd(
            f"traject {instrument.naam} is gesloten sinds {format_short(instrument.geldig_tot)}"
        )
    if instrument.geldig_van is not None and start < instrument.geldig_van:
        raise RijGeweigerd(
            f"traject {instrument.naam} bestaat pas sinds {format_short(instrument.geldig_van)}"
        )
    if not instrument.is_startbaar:
        raise RijGeweigerd(f"traject {instrument.naam} is niet te starten")

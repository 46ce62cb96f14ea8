"""The text in the column "Traject" to an instrument of the reference list; never a near miss."""

import re
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
        amagezondheidenwelzijn arbeidsmatigeactiviteitenzorgenwelzijn
        arbeidsmatigeactiviteitenwvg""",
    ),
    (
        ("ama_se", "ama_wse"),
        """amase amawse amasocialeeconomie arbeidsmatigeactiviteitensocialeeconomie
        arbeidsmatigeactiviteitenindesocialeeconomie arbeidsmatigeactiviteitense amainse
        arbeidsmatigeactiviteitenwse""",
    ),
    (
        ("wop", "collectief_maatwerk", "maatwerk"),
        """wop collectiefmaatwerk collectiefmaatwerkwop maatwerkbedrijf wopcollectiefmaatwerk
        maatwerkcollectief""",
    ),
    (("gibo",), "gibo gespecialiseerdeibo"),
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
    (
        ("taalopleiding_nt2",),
        "nt2 taalles taallessen nederlandseles taalopleiding nederlandsnt2 taaltraject",
    ),
    (("opleiding",), "opleiding opleidingvdab vdabopleiding beroepsopleiding cursus"),
    (("nec",), "nec regulierwerk nectewerkstelling normaaleconomischcircuit"),
    (("zelfstandig",), "zelfstandig zelfstandige"),
)
# Short words that may stand for several measures; where the list has one of them, it is that.
_MEERDUIDIG: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("ama_welzijn", "ama_zorg", "ama_se", "ama_wse"),
        """ama arbeidsmatigeactiviteiten arbeidsmatigeactiviteitenama arbeidszorg amaarbeidszorg
        arbeidszorgama""",
    ),
    (
        ("imw", "imw_2", "imw_5", "individueel_maatwerk"),
        """imw individueelmaatwerk individueelmaatwerkimw maatwerkindividueel
        imwindividueelmaatwerk""",
    ),
    (("imw_2",), "imw2 imw2jaar"),
    (("imw_5",), "imw5 imw5jaar"),
    (("gemeenschapsdienst_vlaams", "gemeenschapsdienst_gpmi"), "gemeenschapsdienst"),
)
_ASIDE = re.compile(r"\(.*?\)")


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
        by_code = {instrument.code: instrument for instrument in instrumenten}
        self._by_text: dict[str, list[BekendInstrument]] = {}
        # What is written later overrules.
        for instrument in by_code.values():
            short = squeeze(_ASIDE.sub(" ", instrument.naam))
            alike = [i for i in by_code.values() if squeeze(_ASIDE.sub(" ", i.naam)) == short]
            self._by_text[short] = alike
        for codes, teksten in _MEERDUIDIG:
            meant = [by_code[code] for code in codes if code in by_code]
            if meant:
                self._by_text.update(dict.fromkeys(teksten.split(), meant))
        for codes, teksten in _SYNONIEMEN:
            first = [by_code[code] for code in codes if code in by_code][:1]
            if first:
                self._by_text.update(dict.fromkeys(teksten.split(), first))
        for instrument in by_code.values():
            self._by_text[squeeze(instrument.naam)] = [instrument]
            self._by_text[squeeze(instrument.code)] = [instrument]

    def find(self, text: str) -> BekendInstrument | None:
        """Return the instrument, or None where the text says there is none yet."""
        if fold(text) in GEEN_TRAJECT:
            return None
        meant = self._by_text.get(squeeze(text), [])
        if len(meant) > 1:
            keuze = " of ".join(instrument.naam for instrument in meant)
            raise RijGeweigerd(f"traject {text} is niet eenduidig: schrijf {keuze}")
        if not meant:
            raise RijGeweigerd("onbekend traject")
        return meant[0]


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

"""TWE: section A and B of the worked examples, and what suspensions and extensions do."""

from dataclasses import replace

import pytest

from tests.trajecten.rules.regels import REGELS, D, geschorst, maak_regel
from trajecten.rules import twe
from trajecten.rules.feiten import SchorsingFeit, TrajectFeiten, VerlengingFeit
from trajecten.rules.overige import vaste_duur
from trajecten.rules.termijn import RegelRij, Soort, Termijn, Zekerheid, veronderstel

OP = D("2026-11-22")
BELEID = "twe.schorsing_beleid"
UNIE = "extend_by_union_days"


def limiet(
    start: str, *schorsingen: SchorsingFeit, beleid: str = "hard_cap", op: str = "2026-11-22"
) -> Termijn:
    feiten = TrajectFeiten(begindatum=D(start), schorsingen=schorsingen)
    return twe.bereken(feiten, veronderstel(REGELS, BELEID, beleid), op=D(op))[0]


ZOMER = geschorst("2026-07-01", "2026-09-30")
LENTE = geschorst("2026-04-20", "2026-06-30")
OVERLAP = (geschorst("2026-07-01", "2026-07-31"), geschorst("2026-07-20", "2026-08-15"))


@pytest.mark.parametrize(
    ("start", "schorsingen", "beleid", "verwacht"),
    [
        pytest.param("2026-03-02", (), "hard_cap", "2028-03-01", id="A1 plain"),
        pytest.param("2025-01-01", (), "hard_cap", "2026-12-31", id="A2 calendar years"),
        pytest.param("2024-02-29", (), "hard_cap", "2026-02-28", id="A3 leap day"),
        pytest.param("2024-03-01", (), "hard_cap", "2026-02-28", id="A4 first of March"),
        pytest.param("2025-08-31", (), "hard_cap", "2027-08-30", id="A5 the 31st"),
        pytest.param("2026-03-02", (ZOMER,), "hard_cap", "2028-03-01", id="A6 hard cap"),
        pytest.param("2026-03-02", (ZOMER,), UNIE, "2028-06-01", id="A7 92 days"),
        pytest.param("2026-03-02", (LENTE,), UNIE, "2028-05-12", id="A8 72 days"),
        pytest.param("2026-03-02", OVERLAP, UNIE, "2028-04-16", id="A9 overlapping, 46 days"),
    ],
)
def test_the_last_day_of_twe(
    start: str, schorsingen: tuple[SchorsingFeit, ...], beleid: str, verwacht: str
) -> None:
    termijn = limiet(start, *schorsingen, beleid=beleid)
    assert termijn.uiterste_dag == D(verwacht)
    assert termijn.uitleg[-1].dag == D(verwacht)
    assert not termijn.voorlopig


def test_the_last_day_of_a_private_contract() -> None:
    """A10: six months in a private firm from the 31st end on the last day of February."""
    bereken = vaste_duur("art60_privaat", "Artikel 60 in een private onderneming")
    (termijn,) = bereken(TrajectFeiten(begindatum=D("2025-08-31")), REGELS, op=OP)
    assert termijn.uiterste_dag == D("2026-02-28")


def test_the_sum_of_overlapping_suspensions_reads_line_by_line() -> None:
    termijn = limiet("2026-03-02", *OVERLAP, beleid=UNIE)
    assert [(regel.tekst, regel.dag) for regel in termijn.uitleg] == [
        ("Start van de werkervaringsovereenkomst", D("2026-03-02")),
        ("+ 24 maanden", D("2028-03-01")),
        ("+ 46 dagen schorsing (01/07/2026 t.e.m. 15/08/2026)", D("2028-04-16")),
    ]


@pytest.mark.parametrize(
    ("schorsingen", "verwacht"),
    [
        pytest.param((geschorst("2026-01-01", "2026-03-01"),), "2028-03-01", id="before start"),
        pytest.param((geschorst("2026-02-01", "2026-03-02"),), "2028-03-02", id="into the start"),
        pytest.param((geschorst("2028-03-02", "2028-04-01"),), "2028-03-01", id="after the limit"),
        pytest.param((geschorst("2028-03-01", "2028-03-31"),), "2028-04-01", id="on the last day"),
        pytest.param(
            (geschorst("2026-07-01", "2026-07-31"), geschorst("2026-08-01", "2026-08-15")),
            "2028-04-16",
            id="touching",
        ),
        pytest.param(
            (geschorst("2028-02-01", "2028-02-10"), geschorst("2028-03-10", "2028-03-19")),
            "2028-03-21",
            id="second one inside the moved limit",
        ),
        pytest.param((geschorst("2026-05-01", "2026-05-01"),), "2028-03-02", id="one day"),
    ],
)
def test_only_days_inside_the_traject_move_the_limit(
    schorsingen: tuple[SchorsingFeit, ...], verwacht: str
) -> None:
    assert limiet("2026-03-02", *schorsingen, beleid=UNIE).uiterste_dag == D(verwacht)


def test_days_after_the_real_end_do_not_count() -> None:
    feiten = TrajectFeiten(
        begindatum=D("2026-03-02"),
        einddatum=D("2026-07-10"),
        schorsingen=(geschorst("2026-07-01", "2026-07-31"),),
    )
    termijn = twe.bereken(feiten, veronderstel(REGELS, BELEID, UNIE), op=OP)[0]
    assert termijn.uiterste_dag == D("2028-03-11")


def test_a_suspension_entered_late_counts_like_one_entered_in_time() -> None:
    vroeg = limiet("2026-03-02", ZOMER, beleid=UNIE, op="2026-07-02")
    laat = limiet("2026-03-02", ZOMER, beleid=UNIE, op="2028-05-01")
    assert vroeg.uiterste_dag == laat.uiterste_dag == D("2028-06-01")


def test_an_open_suspension_gives_the_earliest_day_only() -> None:
    termijn = limiet("2026-03-02", geschorst("2026-11-13"), beleid=UNIE)
    assert termijn.voorlopig
    assert termijn.uiterste_dag == D("2028-03-11")
    assert "zolang de schorsing duurt" in termijn.opmerkingen[-1]


def test_an_open_suspension_moves_nothing_under_a_hard_cap() -> None:
    termijn = limiet("2026-03-02", geschorst("2026-11-13"))
    assert not termijn.voorlopig
    assert termijn.uiterste_dag == D("2028-03-01")


def test_an_open_suspension_that_must_still_begin_is_provisional_but_adds_no_day() -> None:
    termijn = limiet("2026-03-02", geschorst("2026-12-01"), beleid=UNIE)
    assert termijn.voorlopig
    assert termijn.uiterste_dag == D("2028-03-01")


def test_an_open_suspension_of_an_ended_traject_is_closed_by_its_end() -> None:
    feiten = TrajectFeiten(
        begindatum=D("2026-03-02"),
        einddatum=D("2026-11-20"),
        schorsingen=(geschorst("2026-11-13"),),
    )
    termijn = twe.bereken(feiten, veronderstel(REGELS, BELEID, UNIE), op=OP)[0]
    assert not termijn.voorlopig
    assert termijn.uiterste_dag == D("2028-03-09")


LIJST: tuple[RegelRij, ...] = veronderstel(REGELS, BELEID, "extend_listed_reasons")


def test_only_listed_reasons_move_the_limit() -> None:
    feiten = TrajectFeiten(
        begindatum=D("2026-03-02"),
        schorsingen=(
            geschorst("2026-04-01", "2026-04-10", "opleiding"),
            geschorst("2026-05-01", "2026-05-10", "moederschapsrust"),
        ),
    )
    termijn = twe.bereken(feiten, LIJST, op=OP)[0]
    assert termijn.uiterste_dag == D("2028-03-11")
    assert termijn.opmerkingen == ("De schorsing vanaf 01/04/2026 telt niet mee: andere reden.",)


def test_listed_reasons_stop_at_the_ceiling() -> None:
    regels = veronderstel(LIJST, "twe.schorsing_plafond_dagen", "20")
    feiten = TrajectFeiten(
        begindatum=D("2026-03-02"),
        schorsingen=(
            geschorst("2026-04-01", "2026-04-15", "langdurige_ziekte"),
            geschorst("2026-05-01", "2026-05-15", "langdurige_ziekte"),
            geschorst("2026-06-01", "2026-06-15", "langdurige_ziekte"),
        ),
    )
    termijn = twe.bereken(feiten, regels, op=OP)[0]
    assert termijn.uiterste_dag == D("2028-03-21")
    assert termijn.uitleg[-1].tekst == "Plafond van 20 dagen bereikt"


def test_at_the_ceiling_an_open_suspension_is_no_longer_provisional() -> None:
    regels = veronderstel(LIJST, "twe.schorsing_plafond_dagen", "5")
    feiten = TrajectFeiten(
        begindatum=D("2026-03-02"),
        schorsingen=(geschorst("2026-10-01", None, "langdurige_ziekte"),),
    )
    termijn = twe.bereken(feiten, regels, op=OP)[0]
    assert not termijn.voorlopig
    assert termijn.uiterste_dag == D("2028-03-06")


def test_an_approved_extension_has_its_own_line() -> None:
    feiten = TrajectFeiten(
        begindatum=D("2026-03-02"),
        verlengingen=(VerlengingFeit(D("2028-06-30"), "langdurige ziekte"),),
    )
    termijn = twe.bereken(feiten, REGELS, op=OP)[0]
    assert termijn.uiterste_dag == D("2028-06-30")
    assert termijn.uitleg[-1].tekst == (
        "Verlenging goedgekeurd t.e.m. 30/06/2028 (langdurige ziekte)"
    )
    assert termijn.uitleg[-1].dagen == 121


def test_an_extension_that_ends_earlier_changes_nothing_and_says_so() -> None:
    feiten = TrajectFeiten(
        begindatum=D("2026-03-02"), verlengingen=(VerlengingFeit(D("2028-02-01")),)
    )
    termijn = twe.bereken(feiten, REGELS, op=OP)[0]
    assert termijn.uiterste_dag == D("2028-03-01")
    assert termijn.opmerkingen == ("De verlenging t.e.m. 01/02/2028 brengt geen latere dag.",)


def test_the_duration_is_sure_but_what_a_suspension_does_is_not() -> None:
    assert limiet("2026-03-02").zekerheid is Zekerheid.HOOG
    met_schorsing = twe.bereken(
        TrajectFeiten(begindatum=D("2026-03-02"), schorsingen=(ZOMER,)), REGELS, op=OP
    )[0]
    assert met_schorsing.zekerheid is Zekerheid.LAAG
    assert not met_schorsing.blokkeert


def test_a_start_before_the_measure_existed_has_no_limit_and_says_why() -> None:
    (termijn,) = twe.bereken(TrajectFeiten(begindatum=D("2016-12-31")), REGELS, op=OP)
    assert termijn.uiterste_dag is None
    assert termijn.reden_geen_einde == "Er is geen regel over de duur van een start op 31/12/2016."


def test_the_start_can_be_corrected_after_suspensions_exist() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-03-02"), schorsingen=(ZOMER,))
    regels = veronderstel(REGELS, BELEID, UNIE)
    later = replace(feiten, begindatum=D("2026-08-01"))
    assert twe.bereken(later, regels, op=OP)[0].uiterste_dag == D("2028-09-30")


@pytest.mark.parametrize(
    ("start", "tewerkstelling", "tijdig"),
    [
        pytest.param("2026-03-02", "2026-05-02", True, id="B1 last day counts"),
        pytest.param("2026-03-02", "2026-05-04", False, id="B2 too late"),
        pytest.param("2026-12-31", "2027-02-28", True, id="O5 clamped to February"),
        pytest.param("2026-12-31", "2027-03-01", False, id="O5 a day later"),
    ],
)
def test_a_timely_start(start: str, tewerkstelling: str, *, tijdig: bool) -> None:
    feiten = TrajectFeiten(begindatum=D(start), tewerkstelling_begindatum=D(tewerkstelling))
    assert twe.is_tijdig(D(start), D(tewerkstelling), REGELS) is tijdig
    termijn = twe.bereken(feiten, REGELS, op=OP)[1]
    assert termijn.uiterste_dag is None
    assert termijn.opmerkingen == (() if tijdig else ("De inspanningsvergoeding komt in gevaar.",))


def test_before_the_job_starts_there_is_a_day_and_a_warning_two_weeks_ahead() -> None:
    termijn = twe.bereken(TrajectFeiten(begindatum=D("2026-10-15")), REGELS, op=OP)[1]
    assert (termijn.soort, termijn.uiterste_dag) == (Soort.ACTIE, D("2026-12-15"))
    assert termijn.waarschuw_op == D("2026-12-01")


def test_a_longer_maximum_of_the_bestuur_wins() -> None:
    eigen = maak_regel("twe.max_maanden", 12, "2026-01-01", eigen=True)
    feiten = TrajectFeiten(begindatum=D("2026-03-02"))
    termijn = twe.bereken(feiten, (*REGELS, eigen), op=OP)[0]
    assert termijn.uiterste_dag == D("2027-03-01")

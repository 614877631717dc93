from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.stages.cases import ANN, BEN, YEAR, bridged, costing, income, make_case
from vfm.costing.bridge import BridgeEntry, Heading
from vfm.costing.budget import IncomeKind, IncomeLine
from vfm.stages.budget import costs_less, costs_more, not_explained
from vfm.stages.funding import income_incomplete
from vfm.stages.stage import Finding, Weight


def more(cost: str, *lines: IncomeLine, tolerance: Fraction = Fraction(5, 100)) -> Finding | None:
    return costs_more(make_case([costing(cost, ANN)], income=lines or (income("10000"),), tolerance=tolerance))


def less(cost: str, *lines: IncomeLine) -> Finding | None:
    return costs_less(make_case([costing(cost, ANN)], income=lines or (income("10000"),)))


def test_an_income_line_that_says_everything_is_no_finding() -> None:
    assert income_incomplete(make_case(income=[income("10000")])) is None


def test_a_share_of_nought_is_a_share() -> None:
    assert income_incomplete(make_case(income=[income("10000", sen_share=0)])) is None


@pytest.mark.parametrize("missing", ["sen_share", "starts", "ends"])
def test_an_income_line_without_share_or_dates_is_a_finding_that_leads_to_it(missing: str) -> None:
    without: dict[str, Any] = {missing: None}
    found = income_incomplete(make_case(income=[income("10000"), income("1234.50", name="IMF", id="8", **without)]))
    assert found is not None
    assert found.rule == "income-incomplete"
    assert found.says == (
        "One line stands on the income register without the share that is SEN or without dates, so £1,234.50 is not "
        "counted yet."
    )
    assert [(line.words, line.leads_to) for line in found.lines] == [("IMF", "income:8")]
    assert found.owner == "Business manager"


def test_two_incomplete_lines_are_one_finding_with_their_sum() -> None:
    found = income_incomplete(make_case(income=[income("0.10", sen_share=None), income("0.20", starts=None)]))
    assert found is not None
    assert "2 lines stand on" in found.says
    assert "so £0.30 is not counted yet" in found.says


def test_help_in_kind_needs_no_share_because_it_counts_as_nil() -> None:
    assert income_incomplete(make_case(income=[income("500", IncomeKind.IN_KIND, sen_share=None)])) is None


def test_a_cost_of_exactly_5_percent_more_is_within_the_tolerance() -> None:
    assert more("10500.00") is None


def test_a_penny_more_than_5_percent_is_a_finding_in_words_that_blame_nobody() -> None:
    found = more("10500.01")
    assert found is not None
    assert found.rule == "costs-more"
    assert found.weight is Weight.MONEY
    assert "£10,500.01, and £10,000.00 is identified for it" in found.says
    assert "common and lawful: record the reason" in found.says


def test_the_tolerance_is_the_schools_own() -> None:
    assert more("10000.01", tolerance=Fraction(0)) is not None
    assert more("10000.00", tolerance=Fraction(0)) is None
    assert more("11000.00", tolerance=Fraction(10, 100)) is None
    assert more("11000.01", tolerance=Fraction(10, 100)) is not None


def test_cost_is_set_against_all_identified_money_not_the_notional_budget_alone() -> None:
    lines = income("10000"), income("5000", IncomeKind.TOP_UP, name="Top-up")
    assert more("15750.00", *lines) is None
    assert more("15750.01", *lines) is not None


def test_where_no_money_is_identified_nothing_is_compared() -> None:
    assert more("1", income("10000", sen_share=None)) is None
    assert costs_more(make_case([costing("1", ANN)])) is None


def test_only_the_cost_for_pupils_with_sen_is_compared() -> None:
    case = make_case([costing("30000", BEN)], income=[income("10000")])
    assert costs_more(case) is None
    half = make_case([costing("21000.02", ANN, BEN)], income=[income("10000")])
    assert half.cost == Decimal("1050001")
    assert costs_more(half) is not None


def test_a_map_of_exactly_5_percent_less_is_within_the_tolerance() -> None:
    assert less("9500.00") is None


def test_a_penny_less_than_5_percent_asks_both_questions() -> None:
    found = less("9499.99")
    assert found is not None
    assert found.rule == "costs-less"
    assert "£9,499.99 and the notional SEN budget of this year £10,000.00" in found.says
    assert (
        "s provision missing from the map, or is money used for inclusive teaching it does not count? Record the reason"
        in (found.says)
    )
    for word in ("unspent", "underspen", "owed", "must"):
        assert word not in found.says + found.title + found.action


def test_less_is_set_against_the_notional_budget_alone() -> None:
    top_up = income("5000", IncomeKind.TOP_UP, name="Top-up")
    assert less("9500.00", income("10000"), top_up) is None
    assert less("1.00", top_up) is None


def test_a_map_cannot_cost_both_more_and_less() -> None:
    for cost in ("0", "9499.99", "10000", "10500.01", "99999"):
        case = make_case([costing(cost, ANN)], income=[income("10000")])
        assert costs_more(case) is None or costs_less(case) is None


def test_income_that_straddles_two_years_counts_by_its_days() -> None:
    both = income("2000", ends=YEAR.last_day.replace(year=2028))  # 365 + 366 days
    case = make_case([costing("1000", ANN)], income=[both])
    assert case.budget.identified == Fraction(200_000 * 365, 731)
    assert costs_more(case) is None


@pytest.mark.parametrize(("ledger", "says"), [("1052.64", "more"), ("952.38", "less")])
def test_a_penny_beyond_the_tolerance_between_map_and_ledger_is_a_finding_either_way(ledger: str, says: str) -> None:
    within = {"1052.64": "1052.63", "952.38": "952.39"}[ledger]  # 5% of these is 52.6315 and 47.6195
    assert not_explained(bridged("1000", within)) is None
    found = not_explained(bridged("1000", ledger))
    assert found is not None
    assert (found.rule, found.weight) == ("not-explained", Weight.MONEY)
    assert (
        f"that nobody has explained yet: for the academic year 2026 to 2027 the ledger holds {says} than" in found.says
    )
    assert [line.leads_to for line in found.lines] == ["bridge"]


def test_the_finding_names_the_sum_without_a_sign_and_goes_once_somebody_explains_it() -> None:
    found = not_explained(bridged("1000", "800"))
    assert found is not None
    assert found.says.startswith("The map and the ledger differ by £200.00 that nobody has explained yet")
    letter = BridgeEntry(Heading.RECOVERIES, Decimal(200), ground="Insurer's letter")
    assert not_explained(bridged("1000", "800", entries=[letter])) is None


def test_the_schools_own_tolerance_decides_about_the_ledger_too() -> None:
    assert not_explained(bridged("1000", "1000.01", tolerance=Fraction(0))) is not None
    assert not_explained(bridged("1000", "1000.00", tolerance=Fraction(0))) is None
    assert not_explained(bridged("1000", "1100", tolerance=Fraction(1, 2))) is None


def test_without_a_ledger_there_is_nothing_between_map_and_ledger() -> None:
    assert not_explained(make_case([costing("1000", ANN)])) is None


def test_days_without_a_map_are_named_in_the_finding() -> None:
    found = not_explained(bridged("1000", "9000", maps=[make_case().map]))
    assert found is not None
    assert found.says.endswith("No map was entered for 1 September 2026 to 31 August 2027.")

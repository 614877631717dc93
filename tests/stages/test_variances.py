"""Variances of the financial year: findings a penny above the tolerance, in words that blame nobody, with their notes."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.costing.usual import USUAL
from tests.stages.cases import ANN, RATES, YEAR, costing, income, make_case
from vfm.costing.budget import IncomeKind, IncomeLine
from vfm.costing.calendar import AcademicYear, financial_year
from vfm.costing.figure import Certainty, Figure
from vfm.costing.intervention import Intervention
from vfm.costing.monitoring import monitoring
from vfm.costing.profile import EVENLY
from vfm.costing.provision_map import cost_map
from vfm.costing.usual_calendar import usual_calendar
from vfm.costing.variance import VarianceNote, keys, name_of
from vfm.plan.proposals import proposals
from vfm.plan.shown import shown
from vfm.stages import charts_of, figures_of, findings_of
from vfm.stages.budget import variances
from vfm.stages.stage import Case, Finding

LAST = YEAR.last_day


def year_of(
    lines: list[IncomeLine], its: list[Intervention], as_at: dt.date = LAST, notes: dict[str, VarianceNote] | None = None,
    **more: Any,
) -> Case:  # fmt: skip
    """A case whose financial year is its academic year, as an academy's."""
    case = make_case(its, income=tuple(lines))
    report = monitoring(lines, [case.map], USUAL.year.period, as_at, **more)
    return make_case(its, income=tuple(lines), monitoring=report, variance_notes=notes or {})


def found(case: Case) -> dict[str, Finding]:
    return {each.rule.removeprefix("variance-2026-"): each for each in variances(case)}


@pytest.mark.parametrize(
    ("cost", "beyond"), [("10500.00", False), ("10500.01", True), ("9500.00", False), ("9499.99", True)]
)
def test_a_penny_above_the_tolerance_either_way_is_a_finding_and_at_it_there_is_none(cost: str, beyond: bool) -> None:
    case = year_of([income("10000")], [costing(cost, ANN)])
    assert set(found(case)) == ({"to-date", "year-end"} if beyond else set())


@pytest.mark.parametrize(
    ("now", "beyond"), [("9500.00", False), ("9499.99", True), ("10500.00", False), ("10500.01", True)]
)
def test_income_is_compared_with_what_was_first_notified_to_the_penny(now: str, beyond: bool) -> None:
    case = year_of([income(now, original=income("10000").amount)], [])
    assert set(found(case)) == ({"income-notional"} if beyond else set())


def test_the_tolerance_is_the_schools_own() -> None:
    case = year_of([income("10000")], [costing("10000.01", ANN)], tolerance=Fraction(0))
    assert set(found(case)) == {"to-date", "year-end"}
    assert "the school's tolerance is 0%" in found(case)["year-end"].says


def test_the_sentence_quotes_the_figures_and_leads_to_the_report() -> None:
    case = year_of([income("10000")], [costing("12345.67", ANN)])
    finding = found(case)["year-end"]
    assert finding.says == (
        "The revised budget of the academic year 2026 to 2027 is £10,000.00, and the estimate to its end is £12,345.67. That "
        "is £2,345.67 (23.5%) more; the school's tolerance is 5%. More cost than identified money is common and lawful: "
        "record the reason. No note has been written yet."
    )
    assert [line.leads_to for line in finding.lines] == ["monitoring:2026"]
    assert "By 31 August 2027 the profile of the revised budget comes to £10,000.00" in found(case)["to-date"].says


def test_less_cost_asks_and_blames_nobody() -> None:
    for finding in found(year_of([income("10000")], [costing("100", ANN)])).values():
        assert "Is provision missing from the map, late, or paid for elsewhere?" in finding.says
        for word in ("unspent", "underspen", "overspen", "owed", "must"):
            assert word not in (finding.says + finding.title + finding.action).lower()


def test_a_note_stands_in_the_finding_with_who_wrote_it_and_when() -> None:
    note = VarianceNote("The <b>pupil</b> left.", "Margaret Osei", dt.date(2026, 11, 3))
    case = year_of([income("10000")], [costing("20000", ANN)], notes={"year-end": note})
    assert found(case)["year-end"].says.endswith("Note by Margaret Osei, 3 November 2026: The <b>pupil</b> left.")
    assert found(case)["to-date"].says.endswith("No note has been written yet.")


def test_a_variance_is_an_action_of_its_own_whose_words_do_not_change_from_day_to_day() -> None:
    lines, its = [income("10000")], [costing("20000", ANN)]
    days = [
        {each.key: each.text for each in _actions(year_of(lines, its, day))} for day in (dt.date(2026, 11, 1), LAST)
    ]
    assert days[0] == days[1]
    assert {"finding:variance-2026-to-date", "finding:variance-2026-year-end"} <= set(days[0])


def _actions(case: Case) -> list[Any]:
    return proposals(case.bank, case.school, case.answers, findings_of(case), case.today)


def test_where_provision_is_not_entered_for_part_of_the_year_spend_is_no_finding() -> None:
    lines = [income("10000")]
    case = make_case(income=tuple(lines))
    report = monitoring(lines, [case.map], USUAL.year.period, LAST)
    assert list(variances(make_case(monitoring=report))) == []
    assert list(variances(make_case())) == []


def test_where_nothing_was_planned_there_is_nothing_to_compare() -> None:
    assert found(year_of([], [costing("20000", ANN)])) == {}


def test_every_key_of_a_variance_has_a_name_of_its_own() -> None:
    names = [name_of(key) for key in keys()]
    assert len(set(names)) == len(names) == 2 + len(IncomeKind)


def by_name(case: Case) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures_of(case, "budget")}


def test_stage_3_shows_the_forecast_its_balance_and_what_is_left_with_their_working() -> None:
    following = income("5000", starts=dt.date(2027, 9, 1), ends=dt.date(2028, 8, 31))
    lines = [income("10000", estimated=False), following]
    figures = by_name(year_of(lines, [costing("8000", ANN, estimated=False)], dt.date(2026, 8, 31)))
    forecast = figures["Forecast spend, academic year 2026 to 2027"]
    balance = figures["Forecast balance, academic year 2026 to 2027"]
    left = figures["What is left for the financial year 2027 to 2028"]
    assert [forecast.value, balance.value, left.value] == [800_000, 200_000, 500_000]
    assert sum(Fraction(each.value or 0) for each in forecast.inputs) == forecast.value
    assert [each.value for each in balance.inputs] == [1_000_000, 800_000]
    assert [forecast.certainty, left.certainty] == [Certainty.CONFIRMED, Certainty.ESTIMATED]
    assert all(each.formula and each.method and each.source and each.as_at for each in (forecast, balance, left))


def test_where_next_years_income_is_not_entered_what_is_left_is_not_known_and_says_why() -> None:
    left = by_name(year_of([income("10000")], [costing("8000", ANN)]))[
        "What is left for the financial year 2027 to 2028"
    ]
    assert left.value is None
    assert "No income of that year is entered yet." in left.formula
    assert shown(left).value == "not known"


def seven_months(day: dt.date) -> Case:
    """A maintained school's financial year whose first five months have no map: £12,000 evenly, and £7,000 spent."""
    line = income("12000", starts=dt.date(2026, 4, 1), ends=dt.date(2027, 3, 31), months=EVENLY)
    case = make_case(
        [costing("12000", ANN, starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2027, 3, 31))], income=(line,)
    )
    empty = cost_map([], RATES, {}, usual_calendar(AcademicYear(2025)))
    report = monitoring([line], [empty, case.map], financial_year(day, academy=False), day)
    return replace(case, monitoring=report)


@pytest.mark.parametrize("day", [dt.date(2026, 11, 30), dt.date(2027, 3, 31)])
def test_where_part_of_the_year_has_no_map_nothing_is_said_of_its_end(day: dt.date) -> None:
    case = seven_months(day)
    shown = by_name(case)
    for name in ("Forecast spend, financial year 2026 to 2027", "Forecast balance, financial year 2026 to 2027"):
        assert shown[name].value is None
        assert "no provision map is entered for 1 April 2026 to 31 August 2026" in shown[name].formula
        assert "Enter the map of the academic year 2025 to 2026" in shown[name].formula
    assert [each.value for each in shown["Forecast balance, financial year 2026 to 2027"].inputs] == [1_200_000, None]
    assert found(case) == {}
    (_, bars) = charts_of(case, "budget")
    assert bars.title == "Budget and cost, 1 September 2026 to 31 March 2027"
    assert bars.series == (("Amount", (700_000, 1_200_000)),)
    for amount in (1_200_000 - 700_000, 1_200_000 - 1_200_000):
        assert amount not in [
            each.value for each in shown.values() if each.name.startswith(("Forecast", "What is left"))
        ]


def test_what_can_be_said_is_the_budget_less_the_cost_of_the_same_days() -> None:
    shown = by_name(seven_months(dt.date(2027, 3, 31)))
    figure = shown["Budget less cost, 1 September 2026 to 31 March 2027"]
    assert [figure.value, *(each.value for each in figure.inputs)] == [-500_000, 700_000, 1_200_000]
    november = by_name(seven_months(dt.date(2026, 11, 30)))
    assert november["Budget less cost, 1 September 2026 to 30 November 2026"].inputs[0].value == 300_000
    assert "Budget less cost, 1 September 2026 to 31 March 2027" in november


def test_where_neither_money_nor_provision_is_there_nothing_is_shown() -> None:
    report = monitoring([], [make_case().map], USUAL.year.period, LAST)
    assert by_name(make_case(monitoring=report)) == {}

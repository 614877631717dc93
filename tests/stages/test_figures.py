from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.stages.cases import ANN, BEN, TODAY, bridged, costing, income, make_case, taking
from vfm.costing.awards import Awards
from vfm.costing.bridge import BridgeEntry, Heading
from vfm.costing.budget import IncomeKind, LedgerLine
from vfm.costing.deployment import Contract
from vfm.costing.figure import Certainty, Figure, Unit
from vfm.costing.intervention import Membership, Result
from vfm.stages import SLUGS, figures_of
from vfm.stages.stage import Case, Counts

LEDGER = LedgerLine("E03", "Education support staff", Decimal(80000), Decimal("62.5"))


def by_name(case: Case, slug: str) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures_of(case, slug)}


def values(case: Case, slug: str) -> dict[str, Any]:
    return {name: figure.value for name, figure in by_name(case, slug).items()}


@pytest.mark.parametrize("slug", SLUGS)
def test_where_nothing_is_entered_there_are_no_figures(slug: str) -> None:
    assert figures_of(make_case(pupils=()), slug) == ()


def test_the_gap_between_the_two_views_is_the_larger_less_the_smaller() -> None:
    for senco, office in ((4_000_000, 9_150_000), (9_150_000, 4_000_000)):
        shown = values(make_case(senco_budget=senco, office_budget=office), "funding")
        assert shown["Gap between the two"] == 5_150_000


def test_one_view_of_the_budget_alone_has_no_gap_and_nought_is_a_view() -> None:
    assert list(values(make_case(senco_budget=100), "funding").values()) == [100]
    assert values(make_case(senco_budget=100, office_budget=0), "funding")["Gap between the two"] == 100


def test_identified_money_and_what_is_not_counted_yet_are_apart() -> None:
    lines = [income("10000", sen_share=Decimal("62.5")), income("999.99", name="IMF", sen_share=None)]
    shown = values(make_case(income=lines), "funding")
    assert shown == {"Money identified for SEN, 2026 to 2027": 625_000, "Income not counted yet": 99_999}


def test_help_in_kind_is_not_among_what_is_not_counted_yet() -> None:
    lines = [income("10000"), income("500", IncomeKind.IN_KIND, name="Volunteers", sen_share=None)]
    assert list(values(make_case(income=lines), "funding")) == ["Money identified for SEN, 2026 to 2027"]


def test_the_lines_behind_income_add_up_to_it() -> None:
    lines = [income("10000"), income("3000", name="IMF", sen_share=30), income("77.77", name="Z", sen_share=None)]
    for figure in figures_of(make_case(income=lines), "funding"):
        assert sum(Fraction(each.value or 0) for each in figure.inputs) == figure.value


def test_spending_is_the_cost_of_the_map_and_the_ledger() -> None:
    ledger = [LEDGER, LedgerLine("E26", "Agency", Decimal(5000))]
    shown = values(make_case([taking(570, members=[Membership("ann")])], ledger=ledger), "spending")
    assert shown["Cost of the provision map"] == 19_000  # nine hours and a half at £20
    assert shown["Additional cost for pupils with SEN"] == 19_000
    assert shown["SEN spend in the ledger"] == 5_000_000
    assert shown["Ledger lines without a share"] == 500_000


def test_what_the_map_is_made_of_adds_up_to_its_cost() -> None:
    case = make_case([costing("100", ANN, BEN), costing("33.33", ANN, BEN, name="b", counts_percent=10)])
    shown = by_name(case, "spending")
    assert sum(Fraction(each.value or 0) for each in shown["Cost of the provision map"].inputs) == 13_333
    whose = shown["Additional cost for pupils with SEN"].inputs
    assert sum(Fraction(each.value or 0) for each in whose) == 13_333
    assert shown["Additional cost for pupils with SEN"].value == whose[0].value


def test_the_budget_is_compared_only_where_money_and_map_are_both_there() -> None:
    assert figures_of(make_case([costing("9000", ANN)]), "budget") == ()
    assert figures_of(make_case(income=[income("10000")]), "budget") == ()
    lines = [income("10000"), income("2000", IncomeKind.TOP_UP, name="Top-up")]
    shown = values(make_case([costing("11000", ANN)], income=lines), "budget")
    assert shown == {"Money identified less cost": 100_000, "Notional SEN budget less cost": -100_000}


def test_what_is_not_explained_carries_the_bridge_as_it_is_printed() -> None:
    cover = BridgeEntry(Heading.COVER, Decimal("33.34"), estimated=False)
    (figure,) = figures_of(bridged("1000.005", "1100", entries=[cover]), "budget")
    assert figure.name == "Not explained between map and ledger, academic year 2026 to 2027"
    assert {each.name: each.value for each in figure.inputs if each.unit is Unit.PENCE} == {
        "Cost of the map, additional, for pupils with SEN": 100_001, "Cover and agency staff": 3_334,
        "SEN spend in the ledger": 110_000,
    }  # fmt: skip
    assert [figure.value, figure.certainty] == [6_665, Certainty.CONFIRMED]
    assert figure.inputs[-1].unit is Unit.PERCENT


def test_the_ledger_of_the_bridge_is_the_one_of_stage_2() -> None:
    case = bridged("1000", "1100.01")
    (figure,) = figures_of(case, "budget")
    of_bridge = next(each.value for each in figure.inputs if each.name == "SEN spend in the ledger")
    assert values(case, "spending")["SEN spend in the ledger"] == of_bridge == 110_001


def test_the_authoritys_rates_are_not_known_where_its_card_has_none_for_the_roles() -> None:
    shown = by_name(make_case([taking(60, members=[Membership("ann")])]), "spending")[
        "The map on the authority's rates"
    ]
    assert shown.value is None
    assert "no rate yet for any role on the map" in shown.formula
    assert values(make_case([taking(60, "Teacher")]), "spending")["The map on the authority's rates"] == 5_000


def test_needs_are_counts_and_shares_of_the_roll() -> None:
    counts = Counts(roll=280, sen_support=42, ehc_plans=7, top_ups=0)
    shown = values(make_case(pupils=(), counts=counts), "needs")
    assert shown["On SEN Support, share of the roll"] == 15
    assert shown["With an EHC plan, share of the roll"] == Fraction(5, 2)
    assert shown["With top-up funding"] == 0
    assert "Receiving pupil premium" not in shown


def test_a_roll_of_nought_gives_no_share() -> None:
    shown = values(make_case(pupils=(), counts=Counts(roll=0, sen_support=1)), "needs")
    assert shown == {"Pupils on roll": 0, "On SEN Support": 1}


def test_hours_of_a_role_are_booked_beside_contracted() -> None:
    case = make_case([taking(600)], contracts=[Contract("12", "TA", weekly_hours=25)])
    shown = by_name(case, "provision")
    assert shown["Interventions on the map"].value == 1
    assert shown["Contact hours"].value == 10
    hours = {each.name: each.value for each in shown["Hours booked: TA"].inputs}
    assert hours == {"Contracted": 57_000, "On the map": 600, "Not yet recorded": 56_400, "Over": 0}


def test_outcomes_count_each_pupil_once_for_each_intervention() -> None:
    known = costing("750", members=[Membership("ann", result=Result.NOT_MET), Membership("ben")])
    shown = by_name(make_case([known, costing("250", ANN, name="Number")]), "outcomes")
    assert shown["Outcomes recorded"].value == 1
    assert {each.name: each.value for each in shown["Outcomes recorded"].inputs} == {"Not met": 1, "Not recorded": 2}
    assert shown["Spend with no outcome recorded"].value == 25_000
    assert shown["Spend with no outcome recorded"].inputs[0].value == 25


def test_the_cost_for_each_pupil_with_sen_is_total_divided_by_total() -> None:
    case = make_case([costing("1000", ANN)], counts=Counts(sen_support=2, ehc_plans=1))
    assert values(case, "value") == {"Additional cost for each pupil with SEN": Fraction(100_000, 3)}
    assert values(make_case([costing("1000", ANN)], counts=Counts(sen_support=0)), "value") == {}


def test_every_figure_carries_its_working() -> None:
    case = make_case(
        [taking(600, members=[Membership("ann")], estimated=True)], income=[income("1"), income("2", ends=None)],
        ledger=[LEDGER], senco_budget=1, office_budget=2, counts=Counts(9, 2, 1, 1, 1),
        contracts=[Contract("12", "TA", 25)],
    )  # fmt: skip
    shown = [figure for slug in SLUGS for figure in figures_of(case, slug)]
    assert len(shown) > 15
    assert all(figure.formula and figure.as_at == TODAY for figure in shown)
    of_the_map = [figure for figure in shown if figure.source == "Provision map"]
    assert of_the_map
    assert {figure.certainty for figure in of_the_map} == {Certainty.ESTIMATED}


def test_the_effect_of_awards_is_a_line_of_its_own_and_estimated_until_agreed() -> None:
    told = [
        figures_of(make_case([costing("90", ANN)], awards=awards), "spending")[-1]
        for awards in (Awards(Fraction(9000), Fraction(8500), True), Awards(Fraction(9000), Fraction(8500), False))
    ]
    assert [(each.name, each.value) for each in told] == [("Effect of pay awards", 500)] * 2
    assert [each.certainty for each in told] == [Certainty.ESTIMATED, Certainty.CONFIRMED]
    assert "Effect of pay awards" not in by_name(make_case([costing("90", ANN)]), "spending")

"""The pack as a value: it adds up, it gives no other child away, it comes back from its JSON, and it is searched whole."""

import datetime as dt
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.records import TODAY, many_years, one_year, pack_of, record, support
from vfm.costing.sharing import Basis
from vfm.plan.other_people import Others, index_of
from vfm.plan.pack import Pack, PackError, Reader, from_json, to_json
from vfm.plan.pack_costs import IN_THE_TOTAL, NOT_BY_ITSELF
from vfm.plan.record_words import places_in, without_others
from vfm.value.pupil_record import How, PupilRecord, Received, Support, View, Voice

ODD = st.fractions(min_value=0, max_value=10_000, max_denominator=97)


def pence(words: str) -> int:
    return int(Decimal(words.replace("£", "").replace(",", "")) * 100)


def minutes(words: str) -> int:
    numbers = [int(word.replace(",", "")) for word in words.split() if word[0].isdigit()]
    return sum(
        number * (60 if "hour" in unit else 1) for number, unit in zip(numbers, words.split()[1::2], strict=True)
    )


@given(st.lists(st.lists(st.tuples(ODD, ODD), min_size=1, max_size=5), min_size=1, max_size=4))
def test_what_is_printed_adds_up_to_what_is_printed(years: list[list[tuple[Fraction, Fraction]]]) -> None:
    made = [
        one_year(*(support(planned=h, run=h, received=Received(h, How.RECORDED), cost=c) for h, c in year), start=2026 - back)
        for back, year in enumerate(years)
    ]  # fmt: skip
    pack = pack_of(record(*made))
    assert sum(pence(year.cost) for year in pack.years) == pence(pack.cost)
    assert sum(minutes(year.hours.received) for year in pack.years) == minutes(pack.hours.received)
    for year in pack.years:
        assert sum(pence(each.cost) for each in year.supports) == pence(year.cost)
        assert sum(minutes(each.hours.planned) for each in year.supports) == minutes(year.hours.planned)


def test_hours_are_recorded_estimated_or_not_shown_and_never_nought() -> None:
    lines = (
        support(received=Received(Fraction(35), How.RECORDED)),
        support(received=Received(Fraction(10), How.ESTIMATED)),
        support(received=Received(None, How.NOT_SHOWN)),
    )
    year = pack_of(record(one_year(*(replace(each, last=TODAY) for each in lines)))).years[0]
    assert [each.hours.received for each in year.supports] == ["35 hours", "10 hours", ""]
    assert [each.hours.how for each in year.supports] == ["recorded", "estimated", "not shown to be received"]
    assert (year.hours.received, year.hours.how, year.not_shown) == ("45 hours", "estimated", 1)
    unknown = pack_of(record(one_year(lines[2]))).hours
    assert (unknown.received, unknown.how) == ("", "not shown to be received")


def test_hours_to_come_are_never_said_to_be_received() -> None:
    goes_on, is_over = support(last=TODAY + dt.timedelta(1)), support(last=TODAY)
    logged = support(received=Received(Fraction(9), How.RECORDED))
    year = pack_of(record(one_year(goes_on, is_over, logged))).years[0]
    assert [(each.hours.received, each.hours.how) for each in year.supports] == [
        ("", "not ended yet"), ("33 hours 29 minutes", "estimated"), ("9 hours", "recorded"),
    ]  # fmt: skip
    assert (year.hours.received, year.ended, year.not_shown) == ("42 hours 29 minutes", False, 0)
    assert pack_of(record(one_year(goes_on))).hours.how == "not ended yet"
    later = pack_of(record(one_year(goes_on)), made_on=dt.date(2027, 9, 1))
    assert (later.years[0].ended, later.hours.received) == (True, "33 hours 29 minutes")


def two(cost: int, **more: Any) -> Support:
    return support(name="Pair", group=2, cost=Fraction(cost), **more)


def test_the_cost_of_one_of_two_stands_only_with_another() -> None:
    alone, dear, cheap, free = (
        support(cost=Fraction(83600)),
        support(cost=Fraction(90000)),
        support(cost=Fraction(100)),
        support(cost=Fraction(0)),
    )
    (year,) = pack_of(record(one_year(cheap, two(41800), alone, dear))).years
    assert [each.cost for each in year.supports] == ["£1.00", IN_THE_TOTAL, "£836.00", IN_THE_TOTAL]
    assert year.cost == "£2,155.00"
    (year,) = pack_of(record(one_year(two(41800), two(30000), alone))).years
    assert [each.cost for each in year.supports] == [IN_THE_TOTAL, IN_THE_TOTAL, "£836.00"], (
        "two unknowns hide each other"
    )
    pack = pack_of(record(one_year(two(41800), free), one_year(alone, start=2025), one_year(cheap, start=2024)))
    assert [year.cost for year in pack.years] == [IN_THE_TOTAL, IN_THE_TOTAL, "£1.00"]
    assert [each.cost for year in pack.years for each in year.supports] == [
        IN_THE_TOTAL,
        IN_THE_TOTAL,
        IN_THE_TOTAL,
        "£1.00",
    ]
    pack = pack_of(record(one_year(two(41800), free)))
    assert (pack.cost, pack.years[0].cost, pack.years[0].supports[0].cost) == (NOT_BY_ITSELF,) * 3
    assert pack.cost_apart


@given(st.integers(0, 83600), st.integers(0, 83600), st.sampled_from(list(Basis)), st.sampled_from(list(Basis)))
def test_the_others_days_and_share_in_a_group_of_two_change_no_letter_but_a_total(
    one: int, other: int, basis: Basis, another: Basis
) -> None:
    """Whatever the second child's days or percentage make of this one's share, the line and what can be subtracted stay the same."""
    packs = []
    for cost, how in ((one, basis), (other, another)):
        made = record(
            one_year(
                two(cost, basis=how),
                support(cost=Fraction(10_000_000) - cost),
                support(name="Third", cost=Fraction(500)),
            )
        )
        packs.append(pack_of(made))
    assert packs[0] == packs[1]


def test_one_alone_and_groups_of_three_show_their_cost_and_no_percentage() -> None:
    pack = pack_of(record(one_year(support(), support(group=3, basis=Basis.STATED, cost=Fraction(2790)))))
    assert [each.cost for each in pack.years[0].supports] == ["£836.00", "£27.90"]
    assert [each.shared for each in pack.years[0].supports] == ["", "stated percentages"]
    assert not pack.cost_apart
    assert "%" not in to_json(pack)


def test_without_cost_there_is_no_money_in_it_at_all() -> None:
    for reader in Reader:
        pack = pack_of(many_years(3), reader=reader, with_cost=False)
        assert "£" not in to_json(pack)
        assert (pack.cost, pack.methods, pack.cost_apart) == ("", (), False)
        assert not any(
            each.cost or each.shared or each.no_rate or each.estimated for year in pack.years for each in year.supports
        )


def test_years_that_are_not_chosen_are_said_to_be_left_out() -> None:
    pack = pack_of(many_years(4), years=[2026, 2024])
    assert [year.words for year in pack.years] == ["2026 to 2027", "2024 to 2025"]
    assert pack.left_out == ("2025 to 2026", "2023 to 2024")
    assert pack_of(record(one_year(), one_year(start=2025)), years=[2026]).left_out == (), (
        "an empty year holds nothing to leave out"
    )


def test_it_comes_back_from_its_json_and_the_same_gives_the_same() -> None:
    pack = pack_of(many_years(3))
    assert from_json(to_json(pack)) == pack
    assert to_json(pack) == to_json(pack_of(many_years(3)))


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": 99}', '{"format": 1}'])
def test_what_is_no_pack_is_said_to_be_damaged(text: str) -> None:
    with pytest.raises(PackError):
        from_json(text)


def _texts(value: Any, path: str = "") -> list[str]:
    if isinstance(value, str):
        return [path]
    if isinstance(value, tuple):
        return [found for each in value for found in _texts(each, path)]
    if hasattr(value, "__dataclass_fields__"):
        return [found for each in fields(value) for found in _texts(getattr(value, each.name), f"{path}.{each.name}")]
    return []


def test_every_text_of_a_record_is_searched_whatever_field_it_stands_in() -> None:
    """Each text field of a full pack is followed back: with a name in every text of the record, none comes out."""
    index = index_of(Others("Tomos Wyn-Jones", pupils=("Amy Jones",)))
    full = many_years(3)
    named = _named(full)
    assert "Amy" in to_json(pack_of(named))
    clean = pack_of(without_others(named, index, frozenset()))
    assert "Amy" not in to_json(clean)
    assert "nother pupil" in to_json(clean)
    assert len(set(_texts(clean.years))) > 25, "there is a text in every field"


def _named(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_named(each) for each in value)
    if type(value) is str:
        return f"{value} Amy" if value else value
    if hasattr(value, "__dataclass_fields__") and type(value).__name__ not in ("Pupil", "Pattern"):
        given = {each.name: _named(getattr(value, each.name)) for each in fields(value) if each.init}
        return replace(value, **given)
    return value


def test_a_text_that_stands_twice_is_asked_about_once_with_both_places() -> None:
    index = index_of(Others("Tom", pupils=("Summer Day",)))
    view = View(Voice.PUPIL, many_years(1).years[0].reviews[0].on, "I like Summer", None)
    made = record(
        one_year(support(name="Summer school", views=(view,))),
        one_year(support(2025, name="Summer school"), start=2025),
    )
    places = places_in(made, index, {"Whom to ask": "Summer Day"})
    assert [(place.found, place.word, place.wheres) for place in places] == [
        ("Summer", True, ("2026 to 2027: Summer school: name on the map", "2025 to 2026: Summer school: name on the map")),
        ("Summer", True, ("2026 to 2027: Summer school: a view: what was said",)),
        ("Summer Day", False, ("Whom to ask",)),
    ]  # fmt: skip
    kept = without_others(made, index, frozenset({places[0].key}))
    assert [each.supports[0].name for each in kept.years] == ["Summer school", "Summer school"]
    assert kept.years[0].supports[0].views[0].said == "I like another pupil"


def test_a_pack_knows_no_one_but_its_pupil() -> None:
    assert pack_of(many_years(1)).pupil == "Tomos Wyn-Jones"
    assert {each.name for each in fields(Pack)} & {"upn", "others", "staff"} == set()
    assert pack_of(PupilRecord(many_years(1).pupil, ())).span == ""

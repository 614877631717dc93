"""Who and what the map leaves out, each at its boundary."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from tests.costing.usual import USUAL
from vfm.costing.delivery import InTotal, NotRun
from vfm.costing.intervention import Intervention, Membership, Result
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import RateBook
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.value.covered import Wait, below_section_f, left_out, not_looked_at, still_waiting, unused
from vfm.value.section_f import Per, SectionF, asked_in, hours_of
from vfm.value.taken import Taken

E = SenStatus.EHC_PLAN
ANN = Pupil("a", "Ann", status=E, top_up=True)
BOB = Pupil("b", "Bob", status=E, top_up=True)
TODAY = dt.date(2027, 2, 1)


def it(name: str = "Reading", pupils: str = "a", sessions: int = 10, **more: object) -> Intervention:
    members = [Membership(key) for key in pupils]
    return Intervention(name, id=name, minutes=30, delivery=InTotal(sessions), members=members, **more)  # type: ignore[arg-type]


def made(*its: Intervention) -> CostedMap:
    return cost_map(its, RateBook(), {"a": ANN, "b": BOB}, USUAL)


def test_a_funded_pupil_on_no_line_is_seen_and_one_without_top_up_is_not() -> None:
    plain = Pupil("c", "Cy", status=E)
    assert [each.pupil for each in left_out([ANN, BOB, plain], made(it()))] == ["b"]
    assert list(left_out([ANN, BOB], made())) == [], "a map that names nobody is unfinished"


def test_nothing_is_asked_about_a_funded_pupil_who_is_erased() -> None:
    gone = Pupil("c", "Erased pupil 1", status=E, top_up=True, erased=True)
    assert [each.pupil for each in left_out([gone, BOB], made(it()))] == ["b"]


def test_a_funded_pupil_who_left_before_the_year_or_comes_after_it_is_not_seen() -> None:
    before, last_day = (Pupil("c", "Cy", top_up=True, left=day) for day in (dt.date(2026, 8, 31), dt.date(2026, 9, 1)))
    after, first_day = (
        Pupil("d", "Di", top_up=True, joined=day) for day in (dt.date(2027, 9, 1), dt.date(2027, 8, 31))
    )
    assert [each.pupil for each in left_out([before, last_day, after, first_day], made(it()))] == ["c", "d"]


def test_hours_a_week_are_asked_for_in_the_weeks_of_the_calendar_while_the_pupil_is_there() -> None:
    assert asked_in(SectionF(Decimal("2.5")), ANN, USUAL) == Fraction(5, 2) * USUAL.weeks
    assert asked_in(SectionF(90, Per.YEAR), ANN, USUAL) == 90
    monday = dt.date(2026, 9, 7)
    week = Pupil("w", "Wyn", joined=monday, left=monday + dt.timedelta(days=4))
    assert asked_in(SectionF(10), week, USUAL) == 10


def test_planned_hours_are_those_that_ran_and_those_that_did_not() -> None:
    costed = made(it(not_run=[NotRun(4)]), it("Number", "ab"))
    found = hours_of(ANN, None, costed)
    assert [found.asked, found.planned, found.run] == [None, 10, 8]
    assert hours_of(BOB, None, costed).planned == 5


def test_where_nothing_ran_at_all_everything_was_planned() -> None:
    found = hours_of(ANN, None, made(it(not_run=[NotRun(10)])))
    assert [found.planned, found.run] == [5, 0]


def below(asked: str, *its: Intervention) -> list[str]:
    found = hours_of(ANN, SectionF(Decimal(asked), Per.YEAR), made(*its))
    return [each.pattern.slug for each in below_section_f([found])]


def test_section_f_is_short_below_its_hours_and_not_at_them() -> None:
    assert below("5", it()) == []
    assert below("5.01", it()) == ["short"]
    assert below("5", it(not_run=[NotRun(1)])) == ["not-run"]
    assert below("4.5", it(not_run=[NotRun(1)])) == []
    assert list(below_section_f([hours_of(ANN, None, made())])) == [], "nothing was entered, so nothing is missing"


def test_what_section_f_asks_for_is_a_matter_of_law() -> None:
    (found,) = below_section_f([hours_of(ANN, SectionF(6, Per.YEAR), made(it()))])
    assert found.pattern.legal
    assert found.says == "In the year, Section F: 6 hours; planned: 5 hours; run or still to run: 5 hours."


def test_a_programme_that_no_line_follows_is_unused_and_its_last_year_is_said() -> None:
    day = dt.date(2025, 1, 1)
    before = Taken("a", 2024, "1", "Nessy", "n", "Nessy", day, day)
    found = list(unused({"r": "Reading", "n": "Nessy", "l": "Lexia"}, [before], made(it(programme="Reading"))))
    assert [each.says for each in found] == [
        "Nessy. Last used in 2024 to 2025.", "Lexia. Not used in any year entered here.",
    ]  # fmt: skip


def test_a_line_that_bears_the_name_of_a_programme_uses_it() -> None:
    now = Taken("a", 2026, "1", "nessy", "n", "Nessy", TODAY, TODAY)
    assert list(unused({"n": "Nessy"}, [now], made(it()))) == []


def test_what_nobody_looked_at_again_is_seen_until_somebody_did() -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    lines = [it("x"), it("y", ends_on=yesterday), it("z", ends_on=TODAY), it("r", ends_on=yesterday, reviewed_on=TODAY)]
    found = [(each.pattern.slug, each.line) for each in not_looked_at(made(*lines), TODAY)]
    assert found == [*(("no-outcome", key) for key in "xyzr"), ("ended", "y")]
    met = Intervention("m", id="m", members=[Membership("a", result=Result.MET)])
    assert list(not_looked_at(made(met), TODAY)) == []


def test_who_waits_is_listed_with_the_longest_first_and_full_weeks() -> None:
    people = {"a": ANN, "b": BOB}
    waits = [
        Wait("a", "An assessment", TODAY - dt.timedelta(days=13), "the psychology service"),
        Wait("b", "A place in a unit", TODAY - dt.timedelta(days=14)),
    ]
    found = list(still_waiting(waits, people, TODAY))
    assert [each.pupil for each in found] == ["b", "a"]
    assert found[0].says == "A place in a unit. Waiting since 18 January 2027: 2 weeks."
    assert found[1].says == "An assessment, asked of the psychology service. Waiting since 19 January 2027: 1 week."


def test_who_has_left_waits_no_longer_and_a_week_more_does_not_undo_what_was_set_aside() -> None:
    wait = Wait("a", "An assessment", dt.date(2026, 11, 2))
    gone = {"a": Pupil("a", "Ann", left=TODAY - dt.timedelta(days=1))}
    last_day = {"a": Pupil("a", "Ann", left=TODAY)}
    assert list(still_waiting([wait], gone, TODAY)) == []
    (now,), (later,) = (
        list(still_waiting([wait], last_day, TODAY)),
        list(still_waiting([wait], {"a": ANN}, TODAY + dt.timedelta(weeks=1))),
    )
    assert (now.key, now.digest) == (later.key, later.digest)

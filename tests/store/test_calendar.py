import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests.stages.cases import BANK
from tests.store.school import Place, audit_of, make_place
from tests.world import PROFILE
from vfm.costing.calendar import AcademicYear, Closing, Period
from vfm.costing.usual_calendar import usual_calendar
from vfm.store.accounts import SchoolRow, add_school
from vfm.store.calendar import (
    CalendarRow,
    ClosedDaysRow,
    TermRow,
    calendar_of,
    calendar_row,
    closed_days_of,
    confirm_calendar,
    hold_calendar,
    reopen_calendar,
    set_terms,
    start_again,
    start_calendar,
    terms_of,
)
from vfm.store.cases import case_of
from vfm.store.engine import Database
from vfm.store.reviews import ReviewRow
from vfm.store.rows import add_row
from vfm.store.upgrading import downgrade, upgrade

YEAR = AcademicYear(2026)
SNOW = dt.date(2026, 11, 18)


def begun(database: Database) -> Place:
    """A school whose dates are the usual ones, copied."""
    place = make_place(database)
    with database.write.begin() as db:
        start_calendar(db, place.school.id, YEAR, place.by)
    return place


def own(db: Session, place: Place) -> CalendarRow:
    row = calendar_row(db, place.school.id, YEAR)
    assert row is not None
    return row


def confirm(database: Database, place: Place) -> None:
    with database.write.begin() as db:
        row = own(db, place)
        assert confirm_calendar(db, row, row.version, place.by)


def snow(database: Database, place: Place, day: dt.date = SNOW) -> None:
    with database.write.begin() as db:
        hold_calendar(db, place.school.id, YEAR, place.by)
        add_row(db, ClosedDaysRow, place.school.id, place.by, "x", year=2026, kind="other", first_day=day, last_day=day)


def later(days: int = 1) -> list[Period]:
    """The usual terms, of which the autumn term begins some days later."""
    first, *others = usual_calendar(YEAR).terms
    return [Period(first.name, first.first + dt.timedelta(days), first.last), *others]


def test_before_anything_is_entered_a_school_has_the_usual_year_and_it_is_typical(database: Database) -> None:
    place = make_place(database)
    with database.read() as db:
        assert calendar_of(db, place.school.id, YEAR) == usual_calendar(YEAR)
        assert calendar_row(db, place.school.id, YEAR) is None


def test_starting_copies_the_usual_dates_once_and_they_stay_typical_until_confirmed(database: Database) -> None:
    place = begun(database)
    with database.write.begin() as db:
        start_calendar(db, place.school.id, YEAR, place.by)
    usual = usual_calendar(YEAR)
    with database.read() as db:
        kept = calendar_of(db, place.school.id, YEAR)
        assert [kept.pupil_days, kept.inset_days, kept.typical] == [usual.pupil_days, usual.inset_days, True]
        assert [list(kept.terms), list(kept.closed)] == [list(usual.terms), list(usual.closed)]
        assert [row.did for row in audit_of(db, place)] == ["began from the usual dates"]
    confirm(database, place)
    with database.read() as db:
        assert not calendar_of(db, place.school.id, YEAR).typical


def test_four_who_start_at_the_same_moment_start_one_calendar(database: Database) -> None:
    place = make_place(database)

    def start(_: int) -> int:
        with database.write.begin() as db:
            return start_calendar(db, place.school.id, YEAR, place.by).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(start, range(4)))) == 1
    with database.read() as db:
        counts = [db.scalar(select(func.count()).select_from(table)) for table in (CalendarRow, TermRow)]
        assert counts == [1, 3]
        assert len(closed_days_of(db, place.school.id, YEAR)) == len(usual_calendar(YEAR).closed)


def test_what_a_school_enters_counts_in_that_year_and_in_that_school_alone(database: Database) -> None:
    place = begun(database)
    with database.write.begin() as db:
        profile = PROFILE | {"name": "Next door"}
        neighbour = add_school(db, place.school.authority_id, **profile).id
        start_calendar(db, neighbour, YEAR, place.by)
        start_calendar(db, place.school.id, AcademicYear(2027), place.by)
    snow(database, place)
    with database.read() as db:
        mine = calendar_of(db, place.school.id, YEAR)
        assert [mine.weeks, mine.staff_weeks] == [Fraction(189, 5), Fraction(194, 5)]
        assert SNOW not in mine.pupil_days
        assert calendar_of(db, neighbour, YEAR).weeks == 38
        assert calendar_of(db, place.school.id, AcademicYear(2027)).weeks == 38


def test_days_without_pupils_stand_in_the_order_of_their_dates(database: Database) -> None:
    place = begun(database)
    snow(database, place, dt.date(2027, 1, 20))
    snow(database, place)
    with database.read() as db:
        firsts = [row.first_day for row in closed_days_of(db, place.school.id, YEAR)]
        assert firsts == sorted(firsts)
        assert [each.first for each in calendar_of(db, place.school.id, YEAR).closed] == firsts


def test_a_calendar_is_read_with_three_selects_however_much_is_in_it(database: Database) -> None:
    place = begun(database)
    for days in range(5):
        snow(database, place, SNOW + dt.timedelta(days))
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    with database.read() as db:
        calendar_of(db, place.school.id, YEAR)
    assert sum(words.startswith("SELECT") for words in said) == 3


def test_the_terms_are_changed_together_and_of_two_who_saw_the_same_the_second_is_told(database: Database) -> None:
    place = begun(database)
    with database.write.begin() as db:
        assert set_terms(db, place.school.id, YEAR, 1, later(1), place.by)
    with database.write.begin() as db:
        assert not set_terms(db, place.school.id, YEAR, 1, later(2), place.by)
        db.rollback()
    with database.read() as db:
        rows = terms_of(db, place.school.id, YEAR)
        assert [row.version for row in rows] == [2, 2, 2]
        assert rows[0].first_day == dt.date(2026, 9, 2)
        changed = [row for row in audit_of(db, place) if row.did == "changed"]
        assert [(row.old, row.new) for row in changed] == [({"first_day": "2026-09-01"}, {"first_day": "2026-09-02"})]


@pytest.mark.parametrize("fault", ["overlap", "year"])
def test_terms_that_are_no_calendar_never_reach_the_database(database: Database, fault: str) -> None:
    place = begun(database)
    autumn, spring, summer = usual_calendar(YEAR).terms
    wrong: Sequence[Period] = {
        "overlap": (autumn, Period(spring.name, autumn.last, spring.last), summer),
        "year": (autumn, spring, Period(summer.name, summer.first, dt.date(2027, 9, 1))),
    }[fault]
    with pytest.raises(ValueError, match="must"), database.write.begin() as db:
        set_terms(db, place.school.id, YEAR, 1, wrong, place.by)
    with database.read() as db:
        assert calendar_of(db, place.school.id, YEAR).weeks == 38


def test_terms_can_be_set_before_anybody_pressed_start(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        assert set_terms(db, place.school.id, YEAR, 1, later(3), place.by)
    with database.read() as db:
        kept = calendar_of(db, place.school.id, YEAR)
        assert [kept.terms[0].first, len(kept.pupil_days), len(kept.inset_days)] == [dt.date(2026, 9, 4), 189, 3]


def test_nobody_confirms_dates_that_they_have_not_seen(database: Database) -> None:
    place = begun(database)
    with database.read() as db:
        seen = own(db, place).version
    snow(database, place)
    with database.write.begin() as db:
        assert not confirm_calendar(db, own(db, place), seen, place.by)
    with database.read() as db:
        assert calendar_of(db, place.school.id, YEAR).typical


def test_who_confirmed_and_when_is_kept_and_can_be_taken_back(database: Database) -> None:
    place = begun(database)
    confirm(database, place)
    with database.write.begin() as db:
        row = own(db, place)
        assert [row.confirmed_by, row.confirmed_at] == [place.by.account_id, place.by.at]
        assert confirm_calendar(db, row, 0, place.by), "said twice it has one effect"
        reopen_calendar(db, row, place.by)
        reopen_calendar(db, row, place.by)
    with database.read() as db:
        assert [own(db, place).confirmed_by, calendar_of(db, place.school.id, YEAR).typical] == [None, True]
        assert [row.did for row in audit_of(db, place)] == ["began from the usual dates", "changed", "changed"]


def test_a_change_after_the_confirmation_is_the_schools_own_and_stays_confirmed(database: Database) -> None:
    place = begun(database)
    confirm(database, place)
    snow(database, place)
    with database.read() as db:
        kept = calendar_of(db, place.school.id, YEAR)
        assert [len(kept.pupil_days), kept.typical] == [189, False]


def test_starting_again_puts_the_usual_dates_back_and_the_audit_keeps_what_stood_there(database: Database) -> None:
    place = begun(database)
    snow(database, place)
    with database.write.begin() as db:
        assert set_terms(db, place.school.id, YEAR, 1, later(), place.by)
    confirm(database, place)
    with database.write.begin() as db:
        row = own(db, place)
        assert not start_again(db, row, row.version - 1, place.by), "a colleague changed something"
        assert start_again(db, row, row.version, place.by)
    with database.read() as db:
        kept, usual = calendar_of(db, place.school.id, YEAR), usual_calendar(YEAR)
        assert [list(kept.terms), list(kept.closed), kept.typical] == [list(usual.terms), list(usual.closed), True]
        assert {row.version for row in terms_of(db, place.school.id, YEAR)} == {3}
        (again,) = (row for row in audit_of(db, place) if row.did == "began again from the usual dates")
        assert again.old is not None
        assert again.old["2026-11-18 to 2026-11-18"] == "Closed"
    with database.write.begin() as db:
        recorded = len(audit_of(db, place))
        assert start_again(db, own(db, place), 0, place.by), "where the usual dates stand there is nothing to do"
        assert len(audit_of(db, place)) == recorded


def test_a_calendar_that_goes_takes_its_terms_and_days_with_it(database: Database) -> None:
    place = begun(database)
    with database.write.begin() as db:
        db.delete(own(db, place))
    with database.read() as db:
        assert terms_of(db, place.school.id, YEAR) == []
        assert closed_days_of(db, place.school.id, YEAR) == []


def test_every_kind_of_closing_can_be_kept(database: Database) -> None:
    place = begun(database)
    with database.write.begin() as db:
        for place_in_week, kind in enumerate(Closing):
            day = dt.date(2026, 11, 9) + dt.timedelta(place_in_week)
            add_row(
                db, ClosedDaysRow, place.school.id, place.by, "x", year=2026, kind=kind.value, first_day=day,
                last_day=day, name="Łukasz",
            )  # fmt: skip
    with database.read() as db:
        kept = calendar_of(db, place.school.id, YEAR)
        assert [each.kind for each in kept.closed if each.name == "Łukasz"] == list(Closing)
        assert [len(kept.pupil_days), len(kept.inset_days)] == [186, 6]


def test_the_tolerance_is_5_percent_until_the_school_says_otherwise(database: Database) -> None:
    place = make_place(database)
    with database.read() as db:
        assert case_of(db, place.review, BANK).tolerance == Fraction(5, 100)
    with database.write.begin() as db:
        db.get_one(SchoolRow, place.school.id).tolerance = Decimal("2.5")
    with database.read() as db:
        assert case_of(db, place.review, BANK).tolerance == Fraction(25, 1000)


def test_a_school_from_before_keeps_all_that_leans_on_it_and_is_given_the_usual_tolerance(database: Database) -> None:
    place = make_place(database)
    downgrade(database, "0003")
    upgrade(database)
    with database.read() as db:
        assert db.get_one(SchoolRow, place.school.id).tolerance == 5
        assert db.scalars(select(ReviewRow.year)).all() == [2026]

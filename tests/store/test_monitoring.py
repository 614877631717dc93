"""A financial year from what the store remembers: two maps, the school's calendar, profiles, leavers, and notes."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.stages.cases import BANK
from tests.store.school import Place, audit_of, make_place
from vfm.costing.calendar import AcademicYear, Period, financial_year
from vfm.costing.profile import EVENLY
from vfm.costing.usual_calendar import usual_calendar
from vfm.costing.variance import YEAR_END
from vfm.stages import findings_of
from vfm.store.accounts import Account, SchoolRow
from vfm.store.audit import By
from vfm.store.cases import case_of
from vfm.store.engine import Database
from vfm.store.funds import MONTHS, IncomeRow, every_income
from vfm.store.gathering import texts_of
from vfm.store.ids import new_id
from vfm.store.monitoring import financial_year_on, financial_years, monitoring_of, note_row, notes_of, write_note
from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.pupils import PupilRow, pupils_of
from vfm.store.rows import add_row, change_row
from vfm.store.staff import RateRow, StaffRoleRow
from vfm.store.upgrading import downgrade, upgrade

YEAR = AcademicYear(2026)
MAINTAINED = financial_year(dt.date(2026, 11, 1), academy=False)
DECEMBER = dt.date(2026, 12, 31)


def add(db: Session, place: Place, table: type[Any], **values: Any) -> Any:
    return add_row(db, table, place.school.id, place.by, "a row", **values)


def income(db: Session, place: Place, **values: Any) -> IncomeRow:
    """£365 for the financial year, all of it SEN, unless said otherwise."""
    usual: dict[str, Any] = {
        "kind": "notional", "name": "Notional", "original": Decimal(365), "starts": MAINTAINED.first,
        "ends": MAINTAINED.last, "sen_share": Decimal(100), "estimated": False,
    }  # fmt: skip
    made: IncomeRow = add(db, place, IncomeRow, **usual | values)
    return made


def teach(db: Session, place: Place, *years: int, people: int | None = None) -> None:
    """An hour a week at £20 for four pupils with SEN, in each of some academic years; £30 on the authority's card."""
    role = add(db, place, StaffRoleRow, name="TA")
    for card, rate in (("actual", 20), ("authority", 30)):
        add(db, place, RateRow, role_id=role.id, card=card, method="stated", per_hour=Decimal(rate), people=people)
    for year in years:
        row = add(
            db, place, InterventionRow, year=year, name="Reading", tier="targeted", minutes=Decimal(60),
            sessions_a_week=Decimal(5), group_size=4, group_with_sen=4,
        )  # fmt: skip
        add(db, place, GiverRow, intervention_id=row.id, kind="staff", role_id=role.id, number=Decimal(1))


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", heard)
    yield sent
    event.remove(database.engine, "before_cursor_execute", heard)


def test_a_maintained_schools_academic_year_touches_two_financial_years_and_an_academys_one(
    database: Database,
) -> None:
    school = make_place(database).school
    assert [each.first.year for each in financial_years(school, YEAR)] == [2026, 2027]
    days = {dt.date(2020, 1, 1): 2026, dt.date(2027, 3, 31): 2026, dt.date(2027, 4, 1): 2027, dt.date(2030, 1, 1): 2027}
    assert {day: financial_year_on(school, YEAR, day).first.year for day in days} == days
    school.academy = True
    assert [each.dates for each in financial_years(school, YEAR)] == ["1 September 2026 to 31 August 2027"]


def test_the_year_is_read_from_both_maps_each_in_its_own_calendar(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        teach(db, place, 2025, 2026)
        income(db, place)
    with database.read() as db:
        found = monitoring_of(db, place.review, MAINTAINED, DECEMBER)
    days = [
        day for year in (2025, 2026) for day in usual_calendar(AcademicYear(year)).pupil_days if MAINTAINED.holds(day)
    ]
    so_far = sum(day <= DECEMBER for day in days)
    assert [found.spend.spent.sen, found.spend.forecast.sen] == [2000 * so_far, 2000 * len(days)]
    assert found.on_authority is not None
    assert found.on_authority.sen == 3000 * len(days)
    assert found.to_date == 36500 * Fraction(so_far, len(days))
    assert found.unmapped == ()
    assert sum(spend.sen for _, spend in found.months) == found.spend.forecast.sen


def test_a_year_that_nobody_mapped_is_named(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        teach(db, place, 2026)
        income(db, place)
    with database.read() as db:
        found = monitoring_of(db, place.review, MAINTAINED, DECEMBER)
        assert [gap.dates for gap in found.unmapped] == ["1 April 2026 to 31 August 2026"]
        assert [each.key for each in found.variances] == ["income:notional"]
        assert [each.rule for each in findings_of(case_of(db, place.review, BANK, today=DECEMBER))] == [
            "costs-more", "no-outcome",
        ]  # fmt: skip


def test_the_number_of_selects_does_not_grow_with_what_is_entered(database: Database) -> None:
    place = make_place(database)
    sent: list[int] = []
    for _ in range(2):
        with database.write.begin() as db:
            if not sent:
                teach(db, place, 2025, 2026)
            for number in range(5):
                income(db, place, name=f"Line {number}")
                add(db, place, PupilRow, name=f"P{number}", status="K")
                add(db, place, InterventionRow, year=2025, name=f"More {number}", tier="targeted")
        with counted(database) as statements, database.read() as db:
            monitoring_of(db, place.review, MAINTAINED, DECEMBER)
        sent.append(len([each for each in statements if each.startswith("SELECT")]))
    assert sent[0] == sent[1] < 40


def test_original_revised_and_expected_amounts_and_the_profile_come_back(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        months = {month: Decimal(number) for number, month in enumerate(MONTHS)}
        income(db, place, revised=Decimal(300), expected=Decimal(200), profile="months", **months)
        income(db, place, name="Even", profile="evenly")
        income(db, place, name="Usual")
    with database.read() as db:
        own, even, usual = every_income(db, place.school.id, pupils_of(db, place.school.id, 2026))
    assert [own.original, own.revised, own.amount] == [Decimal(365), Decimal(300), Decimal(200)]
    assert list(own.months) == list(range(12))
    assert even.months == EVENLY
    assert usual.months == ()


def test_a_profile_by_months_needs_a_month(database: Database) -> None:
    place = make_place(database)
    for nothing in ({}, {"may": Decimal(0)}):
        with pytest.raises(IntegrityError, match="profile_has_months"), database.write.begin() as db:
            income(db, place, profile="months", **nothing)
    with database.write.begin() as db:
        income(db, place, profile="months", december=Decimal("0.0001"))


def test_a_top_up_stops_with_its_pupil_in_the_case_and_in_the_financial_year(database: Database) -> None:
    place = make_place(database)
    left = dt.date(2026, 9, 10)
    with database.write.begin() as db:
        pupil = add(db, place, PupilRow, name="Ann", status="E", top_up=True)
        income(db, place, kind="top-up", pupil_id=pupil.id)
    with database.write.begin() as db:
        assert change_row(db, db.get_one(PupilRow, (place.school.id, pupil.id)), 1, place.by, "pupil", left=left)
    with database.read() as db:
        case = case_of(db, place.review, BANK, today=DECEMBER)
        found = monitoring_of(db, place.review, MAINTAINED, DECEMBER)
    assert [line.until for line in case.income] == [left]
    assert case.budget.identified == 1000, "ten days of September"
    assert [found.original, found.expected] == [36500, 16300], "163 days from 1 April to 10 September"


def test_a_review_looks_at_its_own_year_whenever_it_is_opened(database: Database) -> None:
    place = make_place(database)
    with database.read() as db:
        later = case_of(db, place.review, BANK, today=dt.date(2031, 5, 5)).monitoring
        sooner = case_of(db, place.review, BANK, today=dt.date(2020, 5, 5)).monitoring
    assert later is not None and sooner is not None
    assert [later.period.first.year, later.as_at] == [2027, dt.date(2027, 8, 31)]
    assert [sooner.period.first.year, sooner.as_at] == [2026, dt.date(2026, 9, 1)]


def test_nobody_but_leadership_is_given_a_figure_made_with_a_private_rate(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        teach(db, place, 2025, 2026, people=1)
    with database.read() as db:
        theirs, everybodys = (
            monitoring_of(db, place.review, MAINTAINED, DECEMBER, leadership=leads) for leads in (True, False)
        )
    assert theirs.spend.forecast.sen * 3 == everybodys.spend.forecast.sen * 2, "£20 and the authority's £30"
    assert [theirs.private, everybodys.private] == [True, False]
    assert everybodys.method == "authority's rate, stated, in place of a rate that is not shown (1 role)"


def test_the_tolerance_is_the_schools_own(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        db.get_one(SchoolRow, place.school.id).tolerance = Decimal("2.5")
    with database.read() as db:
        assert monitoring_of(db, place.review, MAINTAINED, DECEMBER).tolerance == Fraction(25, 1000)


def write(database: Database, place: Place, version: int, text: str, *, by: By | None = None, year: int = 2026) -> bool:
    with database.write.begin() as db:
        return write_note(db, place.review, year, YEAR_END, version, text, by or place.by)


def test_a_note_is_kept_with_who_wrote_it_and_when_and_whoever_comes_second_is_told(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        other = Account(id=new_id(), email="office@example.org", name="The Office")
        db.add(other)
    later = By(other.id, place.by.at + dt.timedelta(days=3))
    assert write(database, place, 0, "First")
    assert not write(database, place, 0, "Two at once"), "there is a note already"
    assert write(database, place, 1, "Łukasz’s second", by=later)
    assert not write(database, place, 1, "Too late")
    with database.read() as db:
        (note,) = notes_of(db, place.review, MAINTAINED).values()
        assert [note.text, note.by, note.on] == ["Łukasz’s second", "The Office", later.at.date()]
        added, changed = sorted(audit_of(db, place), key=lambda row: row.did)
        assert [added.did, changed.did, changed.subject] == ["added", "changed", "note on year-end of 2026 to 2027"]
        assert changed.old is not None
        assert changed.old["text"] == "First"


def test_a_note_belongs_to_one_financial_year(database: Database) -> None:
    place = make_place(database)
    assert write(database, place, 0, "This year's")
    assert write(database, place, 0, "Next year's", year=2027)
    assert not write(database, place, 4, "There was none", year=2028)
    with database.read() as db:
        following = Period("", dt.date(2027, 4, 1), dt.date(2028, 3, 31))
        assert {note.text for note in notes_of(db, place.review, MAINTAINED).values()} == {"This year's"}
        assert {note.text for note in notes_of(db, place.review, following).values()} == {"Next year's"}
        assert note_row(db, place.review, 2028, YEAR_END) is None


def test_a_note_stands_in_the_finding_and_is_searched_for_names_before_a_plan_is_submitted(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        teach(db, place, 2025, 2026)
        income(db, place)
    assert write(database, place, 0, "Ann moved away.")
    with database.read() as db:
        found = {each.rule: each for each in findings_of(case_of(db, place.review, BANK, today=DECEMBER))}
        texts = texts_of(db, place.review, BANK)
    said = found["variance-2026-year-end"].says
    assert "Note by The Head, 15 January 2027: Ann moved away." in said
    assert "No note has been written yet." in found["variance-2026-to-date"].says
    assert "Ann moved away." in texts.values()


def test_an_older_line_of_income_goes_with_the_pupil_days(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        income(db, place, profile="evenly")
    downgrade(database, "0007")
    upgrade(database)
    with database.read() as db:
        (line,) = every_income(db, place.school.id, {})
        assert [line.name, line.months] == ["Notional", ()]

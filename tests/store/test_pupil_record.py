"""A pupil's record is costed as the year's map is, to the last fraction, with as many selects for ten years as for one."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.store.school import Place, make_place
from tests.store.test_monitoring import counted
from vfm.costing.calendar import AcademicYear, Period
from vfm.costing.claim import claim
from vfm.costing.usual_calendar import usual_calendar
from vfm.store.attendance import AttendanceRow
from vfm.store.calendar import set_terms, start_calendar, terms_of
from vfm.store.claims import claim_rules_of, set_claim_rules
from vfm.store.costed import CostedYears
from vfm.store.engine import Database
from vfm.store.programmes import catalogue_of
from vfm.store.provision import CostRow, GiverRow, InterventionRow, NotRunRow, TakesPartRow
from vfm.store.pupil_record import pupil_record
from vfm.store.pupil_reviews import PupilReviewRow
from vfm.store.pupil_views import PupilViewRow
from vfm.store.pupils import PupilRow, SenStatusRow, pupils_of
from vfm.store.rows import add_row, remove_row, rows_of
from vfm.store.section_f import SectionFRow
from vfm.store.staff import RateRow, StaffRoleRow, StaffRow
from vfm.store.taken import taken_until
from vfm.value.pupil_record import How, PupilRecord
from vfm.value.repeats import repeats_in
from vfm.value.section_f import hours_of

TODAY = dt.date(2026, 11, 24)
YEARS = (2023, 2024, 2025, 2026)
NAMES = ("Ann", "Ben", "Cat", "Dan", "Eve")
ROLES = {"TA": ("stated", 3), "Mentor": ("stated", 1), "HLTA": ("from-pay", None)}
WEEKLY = {"minutes": Decimal(30), "sessions_a_week": Decimal(2)}


def add(db: Session, place: Place, table: type[Any], **values: Any) -> Any:
    return add_row(db, table, place.school.id, place.by, "a row", **values)


def give(
    db: Session, place: Place, year: int, name: str, role: Any, members: Sequence[dict[str, Any]], **line: Any
) -> Any:
    """A line of a year's map, by one of a role, for some pupils."""
    it = add(db, place, InterventionRow, year=year, name=name, **({"tier": "targeted"} | WEEKLY | line))
    add(db, place, GiverRow, intervention_id=it.id, kind="staff", role_id=role.id, number=Decimal("1.5"))
    for each in members:
        add(db, place, TakesPartRow, intervention_id=it.id, **each)
    return it


def staffed(db: Session, place: Place) -> dict[str, Any]:
    """A role with a rate that anybody may see, and two whose rates would give pay away; the mentor's rises in January."""
    roles = {name: add(db, place, StaffRoleRow, name=name) for name in ROLES}
    for number, (name, (method, people)) in enumerate(ROLES.items()):
        price = Decimal(17 + number) if method == "stated" else None
        add(db, place, RateRow, role_id=roles[name].id, card="actual", method=method, per_hour=price, people=people)
        add(db, place, RateRow, role_id=roles[name].id, card="authority", method="stated", per_hour=Decimal("15.37"))
    add(
        db, place, RateRow, role_id=roles["Mentor"].id, card="actual", method="stated", per_hour=Decimal("19.03"),
        people=1, starts=dt.date(2026, 1, 5),
    )  # fmt: skip
    add(
        db, place, StaffRow, role_id=roles["HLTA"].id, name="Jo", weekly_hours=Decimal(25), salary=Decimal(25_583),
        full_time_hours=Decimal(37), paid_weeks=Decimal("44.6"), pension_percent=Decimal(21),
    )  # fmt: skip
    return roles


def entered(db: Session, place: Place) -> dict[str, int]:
    """Four years of five pupils in groups of every basis, with comings and goings, costs, and sessions that did not run."""
    pupils = {name: add(db, place, PupilRow, name=name, status="K").id for name in NAMES}
    roles, year_of = staffed(db, place), AcademicYear
    add(db, place, SenStatusRow, pupil_id=pupils["Ann"], starts=dt.date(2025, 3, 3), status="E")
    for year in YEARS:
        middle = year_of(year).first_day + dt.timedelta(days=97)
        three = [{"pupil_id": pupils[name]} for name in NAMES[:3]]
        shared = give(
            db,
            place,
            year,
            "Reading",
            roles["TA"],
            [three[0], three[1] | {"left": middle}, three[2] | {"joined": middle}],
        )
        add(db, place, NotRunRow, intervention_id=shared.id, sessions=Decimal(3))
        add(db, place, CostRow, intervention_id=shared.id, kind="licence", name="Lexia", amount=Decimal("119.43"))
        give(db, place, year, "By place", roles["Mentor"], three, basis="by-place", places=7)
        whole = [three[0] | {"carries_all": True}, three[1]]
        give(db, place, year, "Carried", roles["HLTA"], whole, basis="whole", whole_reason="For one pupil")
        stated = [
            each | {"percent": percent}
            for each, percent in zip(three, (Decimal("33.33"), Decimal(50), Decimal("16.67")), strict=True)
        ]
        give(db, place, year, "Stated", roles["TA"], stated, basis="stated")
        give(db, place, year, "Others", roles["TA"], [{"pupil_id": pupils["Dan"]}, {"pupil_id": pupils["Eve"]}])
    usual = start_calendar(db, place.school.id, year_of(2025), place.by)
    terms = terms_of(db, place.school.id, year_of(2025))
    shorter = [Period(each.name, each.first_day, each.last_day - dt.timedelta(days=9)) for each in terms]
    assert set_terms(db, place.school.id, year_of(usual.year), terms[0].version, shorter, place.by)
    set_claim_rules(
        db, place.school.id, 0, place.by, weeks=Decimal(37), other_costs=False, most_hours=Decimal("2.5"),
        most=Decimal(2_000), division="equally", kinds=set(), roles={roles["HLTA"].id},
    )  # fmt: skip
    return pupils  # fmt: skip


def record(db: Session, place: Place, pupil: int, *, leadership: bool = False, upto: int = 2026) -> PupilRecord:
    found = pupil_record(db, place.school.id, pupil, upto=upto, leadership=leadership, today=TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize("leadership", [True, False])
def test_shares_are_those_of_the_years_map_to_the_last_fraction_on_both_cards(
    database: Database, leadership: bool
) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupils = entered(db, place)
        register = pupils_of(db, place.school.id, 2026)
        years = CostedYears(db, place.school.id, register, leadership=leadership)
        rules = claim_rules_of(db, place.school.id)
        for identity in pupils.values():
            found = {year.start: year for year in record(db, place, identity, leadership=leadership).years}
            for start in YEARS:
                key, costed, year = str(identity), years.of(AcademicYear(start)), found[start]
                theirs = [each for each in costed.actual.interventions if key in each.split.weights]
                assert year.cost == costed.actual.by_pupil[key] > 0
                assert [each.cost for each in year.supports] == [each.shares.by_pupil[key] for each in theirs]
                assert [each.methods != () for each in year.supports] == [True] * len(theirs)
                claimed = claim(key, costed.authority, rules)
                assert year.claim == claimed.total
                assert {each.line: each.on_claim for each in year.supports if each.on_claim is not None} == {
                    each.intervention: each.cost for each in claimed.lines
                }
                hours = hours_of(register[key], None, costed.actual)
                assert (year.planned, year.run) == (hours.planned, hours.run)


def test_without_leadership_no_private_rate_is_in_it(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupils = entered(db, place)
        shown, whole = (record(db, place, pupils["Ann"], leadership=leads) for leads in (False, True))
    assert shown.years[0].cost != whole.years[0].cost
    by_place = next(each for each in shown.years[0].supports if each.name == "By place")
    assert by_place.methods == ("authority's rate, stated, in place of a rate that is not shown",)


def test_what_is_repeated_is_what_the_page_of_repeats_shows_of_the_pupil_in_every_year(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupils = entered(db, place)
        gap = add(db, place, PupilRow, name="Gap", status="K").id
        role = rows_of(db, StaffRoleRow, place.school.id)[0]
        for year in (2023, 2025, 2026):
            give(db, place, year, "Spelling", role, [{"pupil_id": gap}])
        catalogue = catalogue_of(db, place.school.id)
        for identity in (*pupils.values(), gap):
            for found in record(db, place, identity).years:
                every = repeats_in(taken_until(db, place.school.id, found.start, catalogue), found.start)
                assert [each.key for each in found.noticed] == [
                    each.key for each in every if each.pupil == str(identity)
                ]
        assert [each.pattern.slug for each in record(db, place, gap).years[1].noticed] == ["no-gain", "gap"]


def test_years_of_which_something_is_known_stand_in_it_and_later_ones_do_not(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupil = add(db, place, PupilRow, name="Mia", status="E").id
        assert [year.start for year in record(db, place, pupil).years] == [2026]
        add(db, place, AttendanceRow, pupil_id=pupil, year=2024, percent=Decimal("93.5"))
        add(db, place, SectionFRow, pupil_id=pupil, hours=Decimal(5), per="week")
        day = dt.date(2025, 10, 1)
        add(db, place, PupilViewRow, pupil_id=pupil, year=2025, voice="pupil", on=day, said="It helps", worth_it=False)
        add(db, place, PupilReviewRow, pupil_id=pupil, year=2023, on=day, kind="annual", who="SENCO", agreed="Go on")
        add(db, place, PupilViewRow, pupil_id=pupil, year=2027, voice="pupil", on=day, said="Later")
        found = record(db, place, pupil)
    assert [year.start for year in found.years] == [2026, 2025, 2024, 2023]
    assert [year.asked for year in found.years] == [5 * usual_calendar(AcademicYear(2026)).weeks, None, None, None]
    assert [each.worth_it for each in found.years[1].views] == [False]
    assert found.years[2].attendance == Fraction("93.5")
    assert [each.kind for each in found.years[3].reviews] == ["Annual review of the EHC plan"]


def test_a_view_of_a_line_stands_with_it_and_sessions_that_were_logged_are_the_hours(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupil = add(db, place, PupilRow, name="Mia", status="K").id
        role = add(db, place, StaffRoleRow, name="TA")
        part = {"pupil_id": pupil, "sessions_received": Decimal(31)}
        it = give(db, place, 2026, "Reading", role, [part])
        add(
            db, place, PupilViewRow, pupil_id=pupil, year=2026, intervention_id=it.id, voice="parent", on=TODAY, said="Yes"
        )  # fmt: skip
        (support,) = record(db, place, pupil).years[0].supports
    assert ([each.said for each in support.views], support.received.how) == (["Yes"], How.RECORDED)
    assert support.received.hours == Fraction(31, 2)


def test_nobody_else_stands_in_it_and_another_schools_pupil_has_none(database: Database) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupils = entered(db, place)
        words = str(dataclasses.asdict(record(db, place, pupils["Ann"])))
        assert pupil_record(db, place.school.id + 1, pupils["Ann"], upto=2026, leadership=True, today=TODAY) is None
        assert pupil_record(db, place.school.id, 12345, upto=2026, leadership=True, today=TODAY) is None
    for name, identity in pupils.items():
        assert (name in words, str(identity) in words) == (name == "Ann", name == "Ann")
    assert "Jo" not in words


def test_what_is_kept_of_a_pupil_goes_with_the_pupil_and_a_line_of_which_something_was_said_stays(
    database: Database,
) -> None:
    place = make_place(database)
    with database.write.begin() as db:
        pupil = add(db, place, PupilRow, name="Mia", status="K")
        it = add(db, place, InterventionRow, year=2026, name="Reading", tier="targeted")
        about: dict[str, Any] = {"pupil_id": pupil.id, "year": 2026}
        add(db, place, AttendanceRow, **about, percent=Decimal(90))
        add(db, place, PupilReviewRow, **about, on=TODAY, kind="other", agreed="Go on")
        add(db, place, PupilViewRow, **about, intervention_id=it.id, voice="pupil", on=TODAY, said="Yes")
    with pytest.raises(IntegrityError), database.write.begin() as db:
        remove_row(db, db.merge(it), place.by, "a row")
    with database.write.begin() as db:
        remove_row(db, db.merge(pupil), place.by, "a row")
        for table in (AttendanceRow, PupilReviewRow, PupilViewRow):
            assert rows_of(db, table, place.school.id) == []


def test_ten_years_of_700_pupils_take_no_more_selects_than_one(database: Database) -> None:
    place = make_place(database)
    sent = {}
    with database.write.begin() as db:
        first = _many(db, place, (2026,))
    for years in (1, 10):
        if years == 10:
            with database.write.begin() as db:
                _many(db, place, range(2017, 2026), first)
        with database.read() as db, counted(database) as statements:
            found = record(db, place, first)
            assert [len(year.supports) for year in found.years] == [6] * years
            assert [len(year.views) + len(year.reviews) for year in found.years] == [2] * years
            sent[years] = len(statements)
    assert sent[10] == sent[1] < 40


def _many(db: Session, place: Place, years: Sequence[int], first: int | None = None) -> int:
    """In each year six lines for each of 700 pupils, in groups of seven, and what was said and agreed of each pupil."""
    ids, school = count(1_000_000 if first is None else 2_000_000), {"school_id": place.school.id}
    if first is None:
        first = next(ids)
        pupils = [{**school, "id": first + each, "name": f"P{each}", "status": "K"} for each in range(700)]
        _put(db, PupilRow, pupils)
        _put(db, StaffRoleRow, [{**school, "id": 1, "name": "TA"}])
        ids = count(first + 700)
    rows: dict[type[Any], list[dict[str, Any]]] = {
        table: [] for table in (InterventionRow, GiverRow, TakesPartRow, PupilViewRow, PupilReviewRow)
    }
    for year in years:
        start_calendar(db, place.school.id, AcademicYear(year), place.by)
        for line in range(600):
            key = next(ids)
            rows[InterventionRow].append(
                {**school, "year": year, "id": key, "name": f"L{line}", "tier": "targeted", **WEEKLY}
            )
            rows[GiverRow].append(
                {**school, "id": next(ids), "intervention_id": key, "kind": "staff", "role_id": 1, "number": Decimal(1)}
            )
            group = range(first + line % 100 * 7, first + line % 100 * 7 + 7)
            rows[TakesPartRow] += [
                {**school, "id": next(ids), "intervention_id": key, "pupil_id": each} for each in group
            ]
        for each in range(first, first + 700):
            about: dict[str, Any] = {**school, "year": year, "pupil_id": each, "on": dt.date(year, 10, 1)}
            rows[PupilViewRow].append({**about, "id": next(ids), "voice": "pupil", "said": "Yes"})
            rows[PupilReviewRow].append({**about, "id": next(ids), "kind": "other", "agreed": "Go on"})
    for table, those in rows.items():
        _put(db, table, those)
    return first


def _put(db: Session, table: type[Any], rows: list[dict[str, Any]]) -> None:
    db.execute(insert(table), [row | {"version": 1} for row in rows])

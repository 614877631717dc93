"""A year of a pupil's record: hours received are recorded, estimated or not shown, and no other child stands in it."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from vfm.costing.calendar import AcademicYear
from vfm.costing.claim import ClaimRules
from vfm.costing.delivery import InTotal, NotRun, OnDays, Slot
from vfm.costing.intervention import Intervention, Membership, Result, Staff, TimeKind
from vfm.costing.provision_map import cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated
from vfm.costing.usual_calendar import usual_calendar
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.pupils.year_groups import YearStep
from vfm.value.pupil_record import How, PupilYear, View, Voice
from vfm.value.pupil_year import Beside, pupil_year
from vfm.value.section_f import SectionF
from vfm.value.taken import Taken

YEAR = AcademicYear(2026)
CALENDAR = usual_calendar(YEAR)
TODAY = dt.date(2026, 11, 24)
MIA = Pupil("1", "Mia", year=6, status=SenStatus.EHC_PLAN, need="SLCN")
TOM = Pupil("2", "Tom Thumb", year=6, status=SenStatus.SEN_SUPPORT)
BOOK = RateBook(
    RateCard(Card.ACTUAL, [RoleRate("TA", Stated(Decimal(20)))]),
    RateCard(Card.AUTHORITY, [RoleRate("TA", Stated(Decimal(16)))]),
)


def line(
    *, members: Sequence[Membership] = (Membership("1"), Membership("2")), sessions: int = 38, **more: object
) -> Intervention:
    values: dict[str, object] = {
        "id": "10",
        "name": "Reading",
        "minutes": 30,
        "delivery": InTotal(sessions),
        "staff": (Staff("TA"),),
    }
    return Intervention(members=members, **(values | more))  # type: ignore[arg-type]


def year_of(
    *its: Intervention,
    beside: Beside | None = None,
    pupil: Pupil = MIA,
    rules: ClaimRules | None = None,
    on: dt.date = TODAY,
) -> PupilYear:
    pupils = {each.id: each for each in (pupil, TOM)}
    actual, authority = (
        cost_map(its, BOOK, pupils, CALENDAR, card=card) for card in (Card.ACTUAL, Card.AUTHORITY)
    )  # fmt: skip
    taken = [
        Taken(pupil.id, 2026, it.id, it.name, it.name, it.name, YEAR.first_day, YEAR.last_day, decision="Continue", because="It helps")
        for it in its
    ]  # fmt: skip
    return pupil_year(pupil, actual, authority, rules or ClaimRules(), taken, beside or Beside(), on)


def test_hours_received_are_what_ran_times_attendance_and_are_said_to_be_estimated() -> None:
    not_run = (NotRun(8, None, ""),)
    (found,) = year_of(line(not_run=not_run), beside=Beside(attendance=Fraction(90)), on=YEAR.last_day).supports
    assert found.planned == 19 and found.run == 15
    assert (found.received.hours, found.received.how) == (Fraction(27, 2), How.ESTIMATED)


def test_hours_to_come_are_not_received_yet() -> None:
    def until(day: dt.date) -> Fraction | None:
        return year_of(line(), beside=Beside(attendance=Fraction(100)), on=day).received.hours

    first, second = CALENDAR.pupil_days[0], CALENDAR.pupil_days[1]
    assert until(first - dt.timedelta(days=1)) is None
    assert until(first) == Fraction(19, len(CALENDAR.pupil_days))
    assert until(second) == Fraction(2 * 19, len(CALENDAR.pupil_days))
    assert until(YEAR.last_day) == until(dt.date(2028, 1, 1)) == 19
    assert until(dt.date(2026, 8, 31)) is None


def test_sessions_that_were_logged_are_received_whatever_the_attendance() -> None:
    members = (Membership("1", received=Decimal("31.5")), Membership("2", received=3))
    year = year_of(line(members=members), beside=Beside(attendance=Fraction(90)))
    assert (year.received.hours, year.received.how) == (Fraction("15.75"), How.RECORDED)


def test_none_logged_is_nought_hours_and_nobody_logging_is_not() -> None:
    logged = year_of(line(members=(Membership("1", received=0),))).received
    assert logged.hours == 0 and logged.how is How.RECORDED
    silent = year_of(line()).received
    assert (silent.hours, silent.how) == (None, How.NOT_SHOWN)


def test_where_nothing_ran_it_is_not_shown_that_any_was_received() -> None:
    year = year_of(line(not_run=(NotRun(38, None, ""),)), beside=Beside(attendance=Fraction(90)))
    assert year.planned == 19 and year.run == 0 and year.received.hours is None
    assert year.not_shown == ()


def test_a_total_is_estimated_as_soon_as_one_part_is_and_says_what_is_not_in_it() -> None:
    logged, silent = line(members=(Membership("1", received=10),)), line(id="11", time_kind=TimeKind.PERSONAL_CARE)
    known = year_of(logged, silent, beside=Beside(attendance=Fraction(50)), on=YEAR.last_day)
    assert (known.received.hours, known.received.how) == (5 + Fraction(19, 2), How.ESTIMATED)
    half = year_of(logged, silent)
    assert half.received.hours == 5 and half.received.how is How.RECORDED
    assert [each.line for each in half.not_shown] == ["11"]
    assert {kind: [each.line for each in its] for kind, its in half.by_kind.items()} == {
        TimeKind.INTERVENTION: ["10"],
        TimeKind.PERSONAL_CARE: ["11"],
    }


def test_a_session_is_as_long_as_the_mean_of_those_that_ran() -> None:
    slots = OnDays((Slot(0, minutes=20), Slot(2, minutes=40)))
    (found,) = year_of(line(delivery=slots, members=(Membership("1", received=2),))).supports
    minutes, sessions = 36 * 20 + 38 * 40, 36 + 38  # Mondays and Wednesdays of the usual year
    assert (found.run, found.received.hours) == (Fraction(minutes, 60), Fraction(2 * minutes, sessions * 60))


def test_a_share_is_on_both_cards_and_what_the_rules_leave_out_is_no_claim() -> None:
    (found,) = year_of(line()).supports
    assert found.cost == 19_000 and found.on_claim == 15_200 and found.group == 2
    left_out = year_of(line(), rules=ClaimRules(not_accepted=frozenset({TimeKind.INTERVENTION})))
    assert (left_out.supports[0].on_claim, left_out.claim) == (None, None)
    assert year_of(line(), rules=ClaimRules(most=Decimal(100))).claim == 10_000


def test_a_role_without_a_rate_is_said() -> None:
    (found,) = year_of(line(staff=(Staff("Mentor"),))).supports
    assert found.cost == 0 and found.rate_missing == ("Mentor",) and found.on_claim is None


def test_nothing_of_a_year_tells_of_another_child() -> None:
    members = (Membership("1", result=Result.MET), Membership("2", result=Result.NOT_MET))
    year = year_of(line(members=members))
    words = str(dataclasses.asdict(year))
    assert "Tom" not in words and "'2'" not in words
    assert year.supports[0].result is Result.MET


def test_views_stand_with_their_line_and_those_of_a_line_that_is_gone_with_the_year() -> None:
    of_line = View(Voice.PUPIL, dt.date(2026, 10, 1), "I like it", True)
    of_year = View(Voice.PARENT, dt.date(2026, 10, 3), "More of it")
    of_gone = View(Voice.PUPIL, dt.date(2026, 10, 2), "It was worth it", True)
    year = year_of(line(), beside=Beside(views={"10": [of_line], "": [of_year], "99": [of_gone]}))
    assert year.supports[0].views == (of_line,)
    assert year.views == (of_gone, of_year)


def test_section_f_is_asked_over_the_weeks_of_the_year() -> None:
    assert year_of(line(), beside=Beside(asked=SectionF(5))).asked == 5 * CALENDAR.weeks
    assert year_of(line()).asked is None


def test_the_year_group_is_the_one_of_that_academic_year() -> None:
    kept_back = dataclasses.replace(MIA, steps=(YearStep(2023, 3), YearStep(2026, 5)))
    assert year_of(line(), pupil=kept_back).year_group == 5
    assert year_of(line(), pupil=dataclasses.replace(MIA, steps=())).year_group is None


def test_the_status_is_that_of_the_year_and_the_need_todays() -> None:
    since = (dt.date(2025, 3, 1), SenStatus.SEN_SUPPORT), (dt.date(2026, 12, 1), SenStatus.EHC_PLAN)
    found = year_of(line(), pupil=dataclasses.replace(MIA, history=since))
    assert (found.status, found.need) == (SenStatus.SEN_SUPPORT, "Speech, language and communication needs")

"""A year of a pupil's record in words: printed parts add up, estimates are marked, and what is not shown is never nought."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

from vfm.costing.intervention import Result, Tier, TimeKind
from vfm.costing.sharing import Basis
from vfm.plan.pupil_shown import NOT_CLAIMED, received_words, shown_year
from vfm.pupils.pupil import SenStatus
from vfm.value.pupil_record import How, PupilYear, Received, Support, View, Voice

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
UNKNOWN = Received(None, How.NOT_SHOWN)
THIRD = Fraction(10_000, 3)


def support(**more: Any) -> Support:
    values: dict[str, Any] = {
        "line": "1", "name": "Reading", "programme": "", "tier": Tier.TARGETED, "need": "", "kind": TimeKind.INTERVENTION,
        "given_by": ("TA",), "group": 4, "basis": Basis.SHARED, "first": FIRST, "last": LAST, "planned": Fraction(10),
        "run": Fraction(10), "received": UNKNOWN, "cost": THIRD, "methods": ("actual cost, stated",),
    }  # fmt: skip
    return Support(**(values | more))


def year(*supports: Support, **more: Any) -> PupilYear:
    return PupilYear(2026, "2026 to 2027", 4, SenStatus.SEN_SUPPORT, "", supports, **more)


def test_shares_are_printed_so_that_they_add_up_to_the_year() -> None:
    shown = shown_year(year(*(support(line=str(number)) for number in range(3))), "Year 4")
    assert [each.cost.split(";")[0] for each in shown.supports] == ["£33.34", "£33.33", "£33.33"]
    assert shown.cards[0][1] == "£100.00"
    assert shown.short == "Year 4, SEN Support, 3 lines of the map, £100.00"


def test_parts_of_the_claim_add_up_to_it_and_a_line_that_is_left_out_says_why() -> None:
    lines = (support(on_claim=THIRD), support(on_claim=THIRD), support(), support(on_claim=THIRD))
    shown = shown_year(year(*lines, claim=Fraction(10_000)), "")
    assert [each.claim for each in shown.supports] == ["£33.34", "£33.33", NOT_CLAIMED, "£33.33"]
    assert shown.cards[1][1] == "£100.00"
    assert shown_year(year(support()), "").cards[1][1:] == ("Nothing", NOT_CLAIMED)


def test_hours_by_kind_of_time_add_up_to_the_minute_and_unknown_ones_are_not_nought() -> None:
    odd = Fraction(1, 180)  # a third of a minute
    lines = [
        support(planned=odd, run=odd, received=Received(odd, How.ESTIMATED), kind=kind) for kind in list(TimeKind)[:3]
    ]
    shown = shown_year(year(*lines, support(kind=TimeKind.LUNCHTIME)), "")
    assert [row[1] for row in shown.kinds] == ["1 minute", "0 minutes", "0 minutes", "10 hours", "10 hours 1 minute"]
    assert [row[3] for row in shown.kinds] == [
        "1 minute, estimated", "0 minutes, estimated", "0 minutes, estimated", "not shown to be received",
        "1 minute, estimated",
    ]  # fmt: skip
    assert received_words(UNKNOWN) == "not shown to be received"


def test_the_card_of_hours_received_says_how_they_are_known_and_of_which_lines_they_are_not() -> None:
    recorded = support(received=Received(Fraction(9), How.RECORDED))
    estimated = support(received=Received(Fraction(9), How.ESTIMATED))
    notes = [
        shown_year(each, "").cards[3][2]
        for each in (
            year(recorded), year(estimated, attendance=Fraction(90)), year(recorded, estimated, attendance=Fraction(90)),
            year(support()), year(recorded, support(name="Number")),
        )
    ]  # fmt: skip
    assert notes == [
        "Recorded: from sessions that were logged",
        "Estimated: hours that ran × attendance of 90%",
        "Estimated: hours that ran × attendance of 90%, or sessions that were logged",
        "Neither attendance nor sessions received are entered",
        "Recorded: from sessions that were logged. Not shown to be received, and not in it: Number",
    ]


def test_lost_sessions_and_parts_of_a_year_are_said() -> None:
    (shown,) = shown_year(year(support(run=Fraction(8), first=dt.date(2026, 11, 2), group=1)), "").supports
    assert shown.hours == "10 hours planned; 8 hours without the sessions that did not run; not shown to be received"
    assert (shown.when, shown.given) == ("2 November 2026 to 31 August 2027", "TA, for this pupil alone")
    (whole,) = shown_year(year(support(planned=Fraction(0), run=Fraction(0), given_by=())), "").supports
    assert (whole.when, whole.given) == ("The whole year", "Nobody is entered; in a group of 4")
    assert whole.hours == "No sessions are planned while the pupil is in it"


def test_section_f_is_held_against_what_is_planned_and_shown_to_be_received() -> None:
    some = support(run=Fraction(8), received=Received(Fraction(4), How.RECORDED))
    asked = Fraction(19)
    assert shown_year(year(some, support(), asked=asked), "").section_f == (
        "Section F asks for 19 hours in the year. The map plans 20 hours, 18 hours without the sessions that did not run. "
        "Received: 4 hours, recorded, as far as it is shown."
    )
    unknown = shown_year(year(support(), asked=asked), "").section_f
    assert unknown.endswith("The map plans 10 hours. It is not shown how many were received.")
    assert shown_year(year(some), "").section_f == ""


def test_whether_it_was_worth_it_names_the_lesson_that_was_missed() -> None:
    view = View(Voice.PUPIL, dt.date(2026, 11, 6), "I like it", worth_it=False)
    out = support(withdrawn=True, lesson="art", withdrawn_why="It is loud", views=(view, replace(view, worth_it=None)))
    (shown,) = shown_year(year(out), "").supports
    assert [each.worth for each in shown.views] == ["Was it worth missing art for? No", ""]
    assert shown.views[0].whose == "The pupil, 6 November 2026"
    assert shown.where == "Out of class, from art: It is loud"
    (inside,) = shown_year(year(support(lesson="art", views=(view,))), "").supports
    assert (inside.where, inside.views[0].worth) == ("In class", "Was it worth it? No")


def test_a_review_says_when_by_whom_and_why_it_goes_on() -> None:
    lines = (
        support(decision="Continue", because="It helps", reviewed_on=FIRST, reviewed_by="SENCO", result=Result.PARTLY),
        support(reviewed_on=FIRST),
        support(),
    )
    assert [(each.review, each.outcome) for each in shown_year(year(*lines), "").supports] == [
        ("Reviewed on 1 September 2026 by SENCO. Continue: It helps", "Partly met"),
        ("Reviewed on 1 September 2026", "Not recorded"),
        ("", "Not recorded"),
    ]


def test_what_has_no_rate_or_is_estimated_is_marked() -> None:
    shown = shown_year(year(support(rate_missing=("Mentor",), estimated=True), support()), "")
    assert shown.supports[0].missing == "No rate for Mentor: time without a rate is not in the cost"
    assert shown.supports[0].cost == "£33.34, estimated; shared by sessions"
    assert shown.cards[0][2] == (
        "Estimated. Made of 2 lines of the map. Without time that has no rate: Mentor. Rates: actual cost, stated"
    )


def test_a_year_with_nothing_on_the_map_has_no_figures() -> None:
    shown = shown_year(year(attendance=Fraction("93.5")), "Year 4")
    assert (shown.cards, shown.supports, shown.kinds) == ((), (), ())
    assert (shown.short, shown.attendance) == ("Year 4, SEN Support, nothing on the map", "93.5%")

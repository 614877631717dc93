"""The calendar as people meet it: the usual year, their own dates, what is refused, and two who change it at once."""

import datetime as dt
import re
from html import escape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.forms import RUBBISH, fields_of, refused, start, words
from tests.world import YEAR, Visitor, World
from vfm.costing.calendar import AcademicYear, Calendar
from vfm.costing.usual_calendar import usual_calendar
from vfm.store.accounts import SchoolRow, find_account
from vfm.store.audit import By
from vfm.store.calendar import calendar_of, closed_days_of, start_calendar
from vfm.store.reviews import start_review

YEAR_OF = AcademicYear(YEAR)
USUAL = usual_calendar(YEAR_OF)
SEASONS = ("autumn", "spring", "summer")


class Desk:
    """Oak's calendar, as one person sees it."""

    def __init__(self, world: World, who: str = "leadership", *, begun: bool = True) -> None:
        self.world, self.head, self.home = world, start(world, who), world.home + "calendar/"
        if begun:
            self.press("start")

    def press(self, what: str, visitor: Visitor | None = None, **more: str) -> TestResponse:
        """Presses a button of the page; as in a browser, the version on the page goes with it."""
        return (visitor or self.head).send(self.home + what, page=self.home, **more)

    def add(self, day: dt.date, last: dt.date | None = None, kind: str = "inset", **more: str) -> TestResponse:
        return self.head.send(self.home + "add", **self.closed(day, last, kind, **more))

    @staticmethod
    def closed(day: dt.date, last: dt.date | None = None, kind: str = "inset", **more: str) -> dict[str, str]:
        typed = date("first_day", day) | (date("last_day", last) if last else {})
        return {"kind": kind, "name": ""} | typed | more

    def terms(self, version: str = "1", **changed: dt.date) -> TestResponse:
        return self.head.send(self.home + "terms", version=version, **usual_terms(**changed))

    def calendar(self) -> Calendar:
        with self.world.app.extensions["vfm_database"].read() as db:
            return calendar_of(db, self.world.school.id, YEAR_OF)

    def rows(self) -> dict[str, int]:
        with self.world.app.extensions["vfm_database"].read() as db:
            rows = closed_days_of(db, self.world.school.id, YEAR_OF)
            return {row.name or f"{row.kind} {row.first_day}": row.id for row in rows}

    def shown(self) -> str:
        return words(self.head.get(self.home).text)

    def version(self) -> str:
        found = re.search(r'name="version" value="(\d+)"', self.shown())
        assert found
        return found[1]


def _head(world: World) -> By:
    with world.app.extensions["vfm_database"].read() as db:
        account = find_account(db, world.people["leadership"])
    assert account is not None
    return By(account.id, dt.datetime.now(dt.UTC))


def date(name: str, day: dt.date) -> dict[str, str]:
    """A date as a browser sends it."""
    return {f"{name}__day": str(day.day), f"{name}__month": str(day.month), f"{name}__year": str(day.year)}


def usual_terms(**changed: dt.date) -> dict[str, str]:
    """The form of the terms with the usual dates, some of them changed."""
    typed: dict[str, str] = {}
    for season, term in zip(SEASONS, USUAL.terms, strict=True):
        for end, day in (("first", term.first), ("last", term.last)):
            typed |= date(f"{season}_{end}", changed.get(f"{season}_{end}", day))
    return typed


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


# Before anything is entered


def test_before_anything_is_entered_the_usual_year_is_shown_and_said_to_be_nobodys(world: World) -> None:
    desk = Desk(world, begun=False)
    page = desk.shown()
    assert "These are not your dates yet" in page
    assert "190 pupil days and 5 INSET days" in page
    assert "Start from these dates" in page
    assert "Estimated" in page
    for absent in ("These are our dates", "Change the terms", "Start again", "Add day without pupils"):
        assert absent not in page


def test_the_summary_counts_what_a_school_can_check(desk: Desk) -> None:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", desk.shown()))
    for said in (
        "Pupil days 190", "Weeks 38 190 pupil days ÷ 5", "INSET days 5", "Staff days 195",
        "Autumn term 1 September 2026 to 18 December 2026 72 2 5 0 0 79", "All terms 190 5 14 2 0 211",
        "All terms 36 39 38 39 38 190", "Bank holiday: May Day", "Half-term , 26 October 2026 to 30 October 2026",
        "September 2026 20 pupil days, 2 INSET days", "Financial year 2026 to 2027 1 April 2026 to 31 March 2027 125",
    ):  # fmt: skip
        assert said in text, said


def test_each_day_of_the_months_is_marked_by_a_letter_and_by_words_and_not_by_colour_alone(desk: Desk) -> None:
    desk.add(dt.date(2026, 11, 18), kind="other", name="Snow")
    page = desk.shown()
    cells = re.findall(
        r'<td class="vfm-mark--(\w+)">(\d+) <span class="vfm-month__letter" aria-hidden="true">(\w)</span>'
        r'<span class="govuk-visually-hidden">([\w ]+)</span></td>',
        page,
    )
    assert len(cells) == 261
    assert {(colour, letter, said) for colour, _, letter, said in cells} == {
        ("pupil", "P", "pupil day"), ("inset", "I", "INSET day"), ("holiday", "H", "holiday"),
        ("bank", "B", "bank holiday"), ("closed", "C", "closed"),
    }  # fmt: skip
    assert page.count('<table class="govuk-table vfm-month">') == 12


def test_an_academys_financial_year_is_its_academic_year(desk: Desk) -> None:
    assert "1 April to 31 March" in desk.shown()
    with desk.world.app.extensions["vfm_database"].write.begin() as db:
        db.get_one(SchoolRow, desk.world.school.id).academy = True
    page = desk.shown()
    assert "1 September 2026 to 31 August 2027" in page
    assert "31 March" not in page


def test_pressing_start_twice_or_in_two_tabs_starts_once_and_keeps_what_came_between(desk: Desk) -> None:
    assert "Nobody has confirmed them yet" in desk.shown()
    assert desk.add(dt.date(2026, 11, 18), name="Reading").status_code == 302
    assert desk.press("start").status_code == 302
    assert desk.press("start", desk.world.signed_in("senco")).status_code == 302
    assert len(desk.rows()) == len(USUAL.closed) + 1
    assert len(desk.calendar().pupil_days) == 189


def test_the_senco_may_do_it_as_well(world: World) -> None:
    desk = Desk(world, "senco")
    assert desk.add(dt.date(2026, 11, 18)).status_code == 302
    assert desk.terms(autumn_first=dt.date(2026, 9, 2)).status_code == 302
    assert desk.press("confirm", version=desk.version()).status_code == 302
    assert not desk.calendar().typical


def test_a_year_without_a_review_has_no_calendar(desk: Desk) -> None:
    for page in ("", "add", "terms", "again"):
        assert desk.head.get(f"/school/{desk.world.school.slug}/2031/calendar/{page}").status_code == 404


def test_before_it_is_begun_there_is_nothing_to_confirm_or_to_take_away(world: World) -> None:
    desk = Desk(world, begun=False)
    assert desk.press("confirm", version="1").status_code == 404
    assert desk.press("reopen").status_code == 404
    assert desk.head.get(desk.home + "again").status_code == 404
    assert desk.press("again", version="1").status_code == 404


def test_whoever_adds_a_day_before_pressing_start_begins_from_the_usual_dates(world: World) -> None:
    desk = Desk(world, begun=False)
    assert desk.add(dt.date(2026, 11, 18)).status_code == 302
    assert len(desk.rows()) == len(USUAL.closed) + 1
    assert "190 pupil days became 189: 37.8 weeks" in desk.shown()


def test_a_refused_day_does_not_begin_a_calendar(world: World) -> None:
    desk = Desk(world, begun=False)
    refused(desk.add(dt.date(2026, 12, 24)))
    assert "These are not your dates yet" in desk.shown()


# Days without pupils


def test_a_day_that_is_added_changed_and_removed_says_each_time_what_became_of_the_year(desk: Desk) -> None:
    day = dt.date(2026, 11, 18)
    desk.add(day, name="Snow", kind="other")
    assert "190 pupil days became 189: 37.8 weeks. 195 staff days became 194" in desk.shown()
    row = desk.rows()["Snow"]
    page = words(desk.head.get(f"{desk.home}{row}").text)
    assert 'value="Snow"' in page and 'value="18"' in page
    assert desk.head.send(f"{desk.home}{row}", version="1", **desk.closed(day, day, name="Reading")).status_code == 302
    assert "Still 189 pupil days: 37.8 weeks. 194 staff days became 195" in desk.shown()
    longer = desk.closed(day, day + dt.timedelta(2), name="Reading")
    assert desk.head.send(f"{desk.home}{row}", version="2", **longer).status_code == 302
    assert "189 pupil days became 187: 37.4 weeks" in desk.shown()
    assert "Remove “INSET day: Reading" in words(desk.head.get(f"{desk.home}{row}/remove").text)
    assert desk.head.send(f"{desk.home}{row}/remove").status_code == 302
    assert "187 pupil days became 190: 38 weeks" in desk.shown()
    assert desk.calendar().pupil_days == USUAL.pupil_days


def test_removing_twice_finds_nothing_the_second_time(desk: Desk) -> None:
    desk.add(dt.date(2026, 11, 18), name="Snow")
    page = f"{desk.home}{desk.rows()['Snow']}"
    assert desk.head.send(page + "/remove").status_code == 302
    assert desk.head.send(page + "/remove", page=desk.home + "add").status_code == 404
    assert desk.head.get(page).status_code == 404


def test_a_form_sent_twice_has_one_effect(desk: Desk) -> None:
    assert desk.add(dt.date(2026, 11, 18)).status_code == 302
    assert "INSET day, 18 November 2026, is there already" in refused(desk.add(dt.date(2026, 11, 18)))
    assert len(desk.calendar().pupil_days) == 189


def test_the_last_day_may_stay_empty_and_may_be_a_weekend_of_the_half_term(desk: Desk) -> None:
    half_term = desk.rows()["half-term 2026-10-26"]
    typed = desk.closed(dt.date(2026, 10, 24), dt.date(2026, 11, 1), "half-term")
    assert desk.head.send(f"{desk.home}{half_term}", version="1", **typed).status_code == 302
    assert "Still 190 pupil days" in desk.shown()


REFUSED: dict[str, tuple[tuple[Any, ...], str, str]] = {
    "an end before its start": (
        (dt.date(2026, 11, 18), dt.date(2026, 11, 17)), "The last day must not be before the first day", "last_day-day",
    ),
    "outside the year": (
        (dt.date(2026, 8, 31),), "First day must be in the academic year, 1 September 2026 to 31 August 2027", "first_day-year",
    ),
    "an end outside the year": (
        (dt.date(2026, 11, 18), dt.date(2027, 9, 1)), "Last day must be in the academic year", "last_day-year",
    ),
    "outside every term": (
        (dt.date(2026, 12, 24),), "24 December 2026 is outside every term, so there are no pupils on it anyway", "first_day-day",
    ),
    "beyond the end of the term": (
        (dt.date(2026, 12, 17), dt.date(2027, 1, 5)),
        "5 January 2027 is outside the autumn term, which ends on 18 December 2026", "last_day-day",
    ),
    "a weekend only": (
        (dt.date(2026, 11, 14), dt.date(2026, 11, 15), "half-term"),
        "14 November 2026 to 15 November 2026: that is a weekend, and there are no pupils on it anyway", "first_day-day",
    ),
    "a day that is closed": (
        (dt.date(2026, 10, 30), dt.date(2026, 11, 3)),
        "Half-term, 26 October 2026 to 30 October 2026, is there already: change that, or these days", "first_day-day",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", list(REFUSED))
def test_days_that_cannot_be_are_refused_beside_the_field_with_what_to_do(desk: Desk, what: str) -> None:
    typed, message, field = REFUSED[what]
    page = refused(desk.add(*typed, name="Still here"))
    assert message in page
    assert f'href="#{field}"' in page
    assert 'value="Still here"' in page and f'value="{typed[0].day}"' in page
    assert len(desk.rows()) == len(USUAL.closed)


def test_the_same_days_may_be_saved_again_since_a_row_is_not_in_its_own_way(desk: Desk) -> None:
    row = desk.rows()["half-term 2026-10-26"]
    typed = desk.closed(dt.date(2026, 10, 26), dt.date(2026, 10, 30), "half-term", name="Autumn half-term")
    assert desk.head.send(f"{desk.home}{row}", version="1", **typed).status_code == 302


def test_a_year_without_a_single_pupil_day_is_refused(desk: Desk) -> None:
    """Else what is divided by the weeks of the year would be divided by nothing."""
    desk.terms(spring_last=dt.date(2027, 1, 5), summer_last=dt.date(2027, 4, 13), autumn_last=dt.date(2026, 9, 3))
    assert len(desk.calendar().pupil_days) == 3
    assert desk.add(dt.date(2027, 1, 5)).status_code == 302
    assert desk.add(dt.date(2027, 4, 13)).status_code == 302
    assert "That would leave no day with pupils" in refused(desk.add(dt.date(2026, 9, 3)))
    nothing = {"spring_last": dt.date(2027, 1, 5), "summer_last": dt.date(2027, 4, 13)}
    page = refused(desk.terms(version="2", autumn_last=dt.date(2026, 9, 2), **nothing))
    assert "With these terms there is no day with pupils in the whole year" in page
    assert len(desk.calendar().pupil_days) == 1


def test_an_empty_form_says_what_is_missing(desk: Desk) -> None:
    page = refused(desk.head.send(desk.home + "add", name=""))
    assert "Say why there are no pupils" in page and "Enter the first day" in page


@pytest.mark.parametrize("typed", [("29", "2", "2027"), ("31", "11", "2026"), ("0", "1", "2027"), ("1", "13", "2027")])
def test_a_day_that_is_no_day_is_refused_and_kept_as_it_was_typed(desk: Desk, typed: tuple[str, str, str]) -> None:
    parts = dict(zip(("first_day__day", "first_day__month", "first_day__year"), typed, strict=True))
    page = refused(desk.head.send(desk.home + "add", kind="inset", name="", **parts))
    for part, text in zip(("day", "month", "year"), typed, strict=True):
        assert re.search(rf'id="first_day-{part}"[^>]*value="{text}"', page)


def test_29_february_is_a_school_day_in_a_leap_year(world: World) -> None:
    desk = Desk(world, begun=False)
    leap, by = AcademicYear(2027), _head(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        start_review(db, world.school.id, 2027, by)
    home = desk.home.replace("/2026/", "/2027/")
    assert desk.head.send(home + "add", **desk.closed(dt.date(2028, 2, 29))).status_code == 302
    with world.app.extensions["vfm_database"].read() as db:
        assert dt.date(2028, 2, 29) not in calendar_of(db, world.school.id, leap).pupil_days
    assert "INSET day, 29 February 2028: saved. 190 pupil days became 189" in words(desk.head.get(home).text)


def test_rubbish_in_every_field_is_refused_and_breaks_nothing(desk: Desk) -> None:
    for page in ("add", "terms", str(desk.rows()["May Day"])):
        names = fields_of(desk.head.get(desk.home + page).text)
        for typed in RUBBISH:
            refused(desk.head.send(desk.home + page, **(dict.fromkeys(names, typed) | {"version": "1"})))
    assert desk.calendar().pupil_days == USUAL.pupil_days


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "٣", "\x00"])
def test_a_version_that_is_none_is_a_conflict_and_not_a_fault(desk: Desk, version: str) -> None:
    row = desk.rows()["May Day"]
    typed = desk.closed(dt.date(2027, 5, 3), kind="bank-holiday", name="May Day")
    assert desk.head.send(f"{desk.home}{row}", version=version, **typed).status_code == 409
    assert desk.terms(version=version).status_code == 409
    desk.press("confirm", version=version)
    assert "changed while this page stood open" in desk.shown()
    assert desk.calendar().typical


def test_names_are_shown_as_they_were_typed_and_are_never_mark_up(desk: Desk) -> None:
    day = dt.date(2026, 11, 9)
    names = (
        "<script>alert(1)</script>",
        "=1+1",
        "{{ 7*7 }}",
        "Siân Ŵyn مريم",
        "x" * 200,
        '"><img src=x onerror=alert(1)>',
    )
    for place, name in enumerate(names):
        assert desk.add(day + dt.timedelta(place if place < 5 else 7), name=name).status_code == 302
        assert escape(name) in desk.head.get(desk.home).text.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
    row = desk.rows()[names[0]]
    for page in (desk.home, f"{desk.home}{row}", f"{desk.home}{row}/remove"):
        shown = desk.head.get(page).text
        assert "<script>alert" not in shown and "<img src=x" not in shown
    assert "Name must be 200 characters or fewer" in refused(desk.add(dt.date(2026, 11, 18), name="x" * 201))


def test_when_a_colleague_changed_the_same_days_first_both_texts_are_shown(desk: Desk) -> None:
    row = desk.rows()["May Day"]
    day = dt.date(2027, 5, 3)
    office = desk.world.signed_in("office")
    assert desk.head.send(f"{desk.home}{row}", version="1", **desk.closed(day, day, name="Head’s")).status_code == 302
    answer = office.send(f"{desk.home}{row}", version="1", **desk.closed(day, day, "other", name="Office’s"))
    assert answer.status_code == 409
    assert "Head’s" in words(answer.text) and 'value="Office’s"' in words(answer.text)
    assert "Head’s" in desk.rows()
    again = office.send(f"{desk.home}{row}", version="2", **desk.closed(day, day, "other", name="Agreed"))
    assert again.status_code == 302
    assert "Agreed" in desk.rows()


def test_two_who_add_the_same_inset_day_add_it_once(desk: Desk) -> None:
    office = desk.world.signed_in("office")
    typed = desk.closed(dt.date(2026, 11, 18), name="Reading")
    assert desk.add(dt.date(2026, 11, 18), name="Phonics").status_code == 302
    assert "INSET day: Phonics, 18 November 2026, is there already" in refused(office.send(desk.home + "add", **typed))


def test_an_address_of_a_row_that_never_was_is_not_found(desk: Desk) -> None:
    for row in ("1", str(1 << 63), "9" * 40):
        for page in (row, f"{row}/remove"):
            assert desk.head.get(desk.home + page).status_code == 404


def test_another_schools_days_cannot_be_opened_through_ones_own(desk: Desk) -> None:
    by = _head(desk.world)
    with desk.world.app.extensions["vfm_database"].write.begin() as db:
        start_calendar(db, desk.world.neighbour.id, YEAR_OF, by)
        theirs = closed_days_of(db, desk.world.neighbour.id, YEAR_OF)[0].id
    assert desk.head.get(f"{desk.home}{theirs}").status_code == 404
    assert desk.head.send(f"{desk.home}{theirs}/remove", page=desk.home).status_code == 404


# Terms


def test_the_terms_form_shows_the_usual_dates_and_keeps_new_ones(world: World) -> None:
    desk = Desk(world, begun=False)
    page = desk.head.get(desk.home + "terms").text
    assert re.search(r'id="summer_last-day"[^>]*value="21"', page)
    assert desk.terms(autumn_first=dt.date(2026, 9, 3)).status_code == 302
    assert "The terms have been saved. Still 190 pupil days: 38 weeks. 195 staff days became 193" in desk.shown()
    assert desk.calendar().terms[0].first == dt.date(2026, 9, 3)


def test_days_that_fall_outside_the_new_terms_stay_and_are_said_to_count_for_nothing(desk: Desk) -> None:
    assert "outside the terms: not counted" not in desk.shown()
    desk.terms(autumn_first=dt.date(2026, 9, 3))
    assert desk.shown().count("outside the terms: not counted") == 2
    row = desk.rows()["inset 2026-09-01"]
    assert desk.head.send(f"{desk.home}{row}", version="1", **desk.closed(dt.date(2026, 9, 3))).status_code == 302
    assert desk.shown().count("outside the terms: not counted") == 1


TERMS_REFUSED: dict[str, tuple[dict[str, dt.date], str, str]] = {
    "a term that overlaps": (
        {"spring_first": dt.date(2026, 12, 18)},
        "The spring term must begin after the last day of the autumn term, 18 December 2026", "spring_first-day",
    ),
    "an end before its start": (
        {"summer_last": dt.date(2027, 4, 11)}, "The summer term must not end before it begins", "summer_last-day",
    ),
    "outside the year": (
        {"autumn_first": dt.date(2026, 8, 31)},
        "First day of the autumn term must be in the academic year, 1 September 2026 to 31 August 2027", "autumn_first-year",
    ),
    "an end outside the year": (
        {"summer_last": dt.date(2027, 9, 1)}, "Last day of the summer term must be in the academic year", "summer_last-year",
    ),
    "a weekend only": (
        {"spring_first": dt.date(2027, 1, 9), "spring_last": dt.date(2027, 1, 10)},
        "The spring term must hold a Monday, Tuesday, Wednesday, Thursday or Friday", "spring_first-day",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", list(TERMS_REFUSED))
def test_terms_that_cannot_be_are_refused_beside_the_field_with_what_to_do(desk: Desk, what: str) -> None:
    changed, message, field = TERMS_REFUSED[what]
    page = refused(desk.head.send(desk.home + "terms", version="1", **usual_terms(**changed)))
    assert message in page
    assert f'href="#{field}"' in page
    assert list(desk.calendar().terms) == list(USUAL.terms)


def test_empty_terms_are_asked_for_one_by_one(desk: Desk) -> None:
    page = refused(desk.head.send(desk.home + "terms", version="1", **dict.fromkeys(usual_terms(), "")))
    for season in SEASONS:
        assert (
            f"Enter the first day of the {season} term" in page and f"Enter the last day of the {season} term" in page
        )


def test_29_february_2027_is_no_day_of_a_term(desk: Desk) -> None:
    typed = usual_terms() | {"spring_last__day": "29", "spring_last__month": "2"}
    page = refused(desk.head.send(desk.home + "terms", version="1", **typed))
    assert "Last day of the spring term must be a real date" in page
    assert re.search(r'id="spring_last-day"[^>]*value="29"', page)


def test_of_two_who_change_the_terms_the_second_sees_both(desk: Desk) -> None:
    office = desk.world.signed_in("office")
    assert desk.terms(autumn_first=dt.date(2026, 9, 2)).status_code == 302
    theirs = usual_terms(autumn_first=dt.date(2026, 9, 3))
    answer = office.send(desk.home + "terms", version="1", **theirs)
    assert answer.status_code == 409
    page = words(answer.text)
    assert "<strong>First day of the autumn term:</strong> 2 9 2026" in page
    assert re.search(r'id="autumn_first-day"[^>]*value="3"', page)
    assert 'name="version" value="2"' in page
    assert desk.calendar().terms[0].first == dt.date(2026, 9, 2)
    assert office.send(desk.home + "terms", version="2", **theirs).status_code == 302
    assert desk.calendar().terms[0].first == dt.date(2026, 9, 3)


def test_a_tab_that_was_left_open_cannot_undo_a_later_change_of_the_terms(desk: Desk) -> None:
    assert desk.terms(summer_last=dt.date(2027, 7, 23)).status_code == 302
    assert desk.terms(autumn_first=dt.date(2026, 9, 2)).status_code == 409
    assert desk.press("again", version=desk.version()).status_code == 302
    assert desk.terms(version="2", autumn_first=dt.date(2026, 9, 2)).status_code == 409, "begun again since"
    assert list(desk.calendar().terms) == list(USUAL.terms)


# Confirming, and beginning again


def test_confirming_says_who_and_when_and_takes_the_mark_away(desk: Desk) -> None:
    assert "Estimated" in desk.shown()
    assert desk.press("confirm", version=desk.version()).status_code == 302
    page = desk.shown()
    assert "by Leadership Person" in page and "Estimated" not in page
    assert not desk.calendar().typical
    assert desk.press("confirm", version="1").status_code == 302, "pressed twice"
    assert "The dates are confirmed" in desk.shown()
    desk.press("reopen")
    assert "Estimated" in desk.shown()
    assert desk.calendar().typical


def test_dates_that_changed_while_the_page_stood_open_are_not_confirmed(desk: Desk) -> None:
    seen = desk.version()
    office = desk.world.signed_in("office")
    office.send(desk.home + "add", **desk.closed(dt.date(2026, 11, 18)))
    desk.press("confirm", version=seen)
    assert "changed while this page stood open" in desk.shown()
    assert desk.calendar().typical


def test_beginning_again_asks_first_and_gives_the_usual_dates_back(desk: Desk) -> None:
    desk.add(dt.date(2026, 11, 18), name="Snow")
    desk.terms(autumn_first=dt.date(2026, 9, 2))
    desk.press("confirm", version=desk.version())
    assert "Start again from a usual year?" in words(desk.head.get(desk.home + "again").text)
    assert "Snow" in desk.rows()
    page = desk.head.get(desk.home + "again").text
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    assert desk.head.send(desk.home + "again", version=found[1]).status_code == 302
    shown = desk.shown()
    assert "The usual dates stand here again. 189 pupil days became 190: 38 weeks" in shown
    assert "Nobody has confirmed them yet" in shown
    assert desk.head.send(desk.home + "again", version=found[1]).status_code == 302, "pressed twice"
    assert "The usual dates stand here again. Still 190 pupil days: 38 weeks" in desk.shown()
    assert desk.calendar() == Calendar(YEAR_OF, list(USUAL.terms), list(USUAL.closed), typical=True)


def test_a_colleagues_change_is_not_swept_away_by_a_page_that_stood_open(desk: Desk) -> None:
    seen = desk.version()
    desk.world.signed_in("office").send(desk.home + "add", **desk.closed(dt.date(2026, 11, 18), name="Snow"))
    assert desk.press("again", version=seen).status_code == 302
    assert "changed while this page stood open" in desk.shown()
    assert "Snow" in desk.rows()


# Where it is found, and the tolerance


def test_the_task_list_says_how_far_the_calendar_is(world: World) -> None:
    desk = Desk(world, begun=False)

    def state() -> str:
        page = words(desk.head.get(world.home).text)
        item = page[page.index(f'href="{desk.home}"') :]
        return re.sub(r"<[^>]+>|\s+", " ", item[: item.index("</li>")])

    assert "Nothing yet" in state()
    desk.press("start")
    assert "Not confirmed yet" in state()
    desk.press("confirm", version=desk.version())
    assert "Confirmed" in state()
    for page in ("spending/", "provision/", "provision-map/"):
        assert f'href="{desk.home}"' in desk.head.get(world.home + page).text


@pytest.mark.parametrize("typed", ["", "-1", "100.01", "NaN", "five", "1e2", "2.555"])
def test_a_tolerance_that_is_no_percentage_is_refused_and_kept(desk: Desk, typed: str) -> None:
    page = refused(_profile(desk, typed))
    assert re.search(rf'id="tolerance"[^>]*value="{re.escape(typed)}"', page) or typed == ""
    assert 'href="#tolerance"' in page


@pytest.mark.parametrize(("typed", "shown"), [("0", "0"), ("2.5", "2.5"), ("100", "100"), ("7.50", "7.5")])
def test_the_schools_own_tolerance_is_kept(desk: Desk, typed: str, shown: str) -> None:
    profile = f"/school/{desk.world.school.slug}/profile"
    assert re.search(r'id="tolerance"[^>]*value="5"', desk.head.get(profile).text)
    assert _profile(desk, typed).status_code == 302
    assert re.search(rf'id="tolerance"[^>]*value="{shown}"', desk.head.get(profile).text)


def _profile(desk: Desk, tolerance: str) -> TestResponse:
    asked = (
        "unit_or_resourced_provision", "any_ehc_plan", "any_sen_support", "any_top_up", "pupil_premium",
        "volunteers_or_peers", "first_year", "academy",
    )  # fmt: skip
    values = dict.fromkeys(asked, "no") | {"name": "Oak", "kind": "mainstream", "lowest_age": "4", "highest_age": "11"}
    return desk.head.send(f"/school/{desk.world.school.slug}/profile", **values, tolerance=tolerance)

"""The calendar file: what a calendar reads in it, and that a second one updates the first."""

import datetime as dt

from icalendar import Calendar

from vfm.costing.calendar import AcademicYear
from vfm.documents.calendar import calendar_file
from vfm.plan.planner import Planned, planner
from vfm.questions.school import School

STAMP = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
OWN = Planned("review-7", dt.date(2027, 2, 5), "Review of Reading; and, more\nlines", "Look at it — Ŵyn")


def made(own: Planned = OWN, stamp: dt.datetime = STAMP) -> bytes:
    return calendar_file(planner(AcademicYear(2026), School("Oak"), [own]), title="SEN year", place="oak", stamp=stamp)


def events(data: bytes) -> dict[str, dict[str, object]]:
    read = Calendar.from_ical(data)
    assert read["METHOD"] == "PUBLISH" and read["VERSION"] == "2.0"
    return {
        str(each["UID"]): {
            "starts": each.decoded("DTSTART"), "ends": each.decoded("DTEND"), "summary": str(each["SUMMARY"]),
            "what": str(each["DESCRIPTION"]), "sequence": int(str(each.decoded("SEQUENCE"))),
        }
        for each in read.walk("VEVENT")
    }  # fmt: skip


def test_every_day_is_a_whole_day_that_does_not_make_anybody_busy() -> None:
    found = events(made())
    assert len(found) == 7
    day = found["review-7@oak.vfm"]
    assert (day["starts"], day["ends"]) == (dt.date(2027, 2, 5), dt.date(2027, 2, 6))
    assert day["summary"] == "Review of Reading; and, more\nlines" and day["what"] == "Look at it — Ŵyn"
    assert b"TRANSP:TRANSPARENT" in made() and b"DTSTART;VALUE=DATE:20270205" in made()


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    assert all(len(line) <= 75 for line in made().split(b"\r\n"))
    assert made().endswith(b"END:VCALENDAR\r\n")


def test_a_second_file_has_the_same_identifiers_and_a_higher_sequence() -> None:
    moved = Planned("review-7", dt.date(2027, 3, 5), "Review of Reading", "Look at it")
    first, second = events(made()), events(made(moved, STAMP + dt.timedelta(seconds=1)))
    assert list(first) == list(dict.fromkeys([*first])) and set(first) == set(second)
    assert all(second[key]["sequence"] > each["sequence"] for key, each in first.items())  # type: ignore[operator]


def test_what_others_set_carries_its_source_and_the_day_of_reading() -> None:
    what = str(events(made())["phase-other-2027@oak.vfm"]["what"])
    assert "regulation 18, read on 24 November 2026: https://legislation.gov.uk/" in what


def test_the_same_days_and_moment_give_the_same_bytes() -> None:
    assert made() == made()

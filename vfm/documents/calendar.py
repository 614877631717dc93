"""Days as a calendar file (iCalendar) that Outlook and others open; brought in again it updates what it brought in before."""

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event

from vfm.plan.planner import Planned

ONE_DAY = dt.timedelta(days=1)


def calendar_file(days: Iterable[Planned], *, title: str, place: str, stamp: dt.datetime) -> bytes:
    """The file. A day keeps its identifier, made of its key and the `place` (the school), so that it is never there twice.

    `stamp`, the moment at which the file is made, tells a newer file from an older one.
    """
    file = Calendar()
    file.add("prodid", "-//Value for money review//Year planner//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", title)
    for each in days:
        file.add_component(_event(each, place, stamp))
    return bytes(file.to_ical())


def _event(planned: Planned, place: str, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{planned.key}@{place}.vfm")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", int(stamp.timestamp()) - SINCE)
    event.add("dtstart", planned.day)
    event.add("dtend", planned.day + ONE_DAY)
    event.add("summary", planned.name)
    event.add("description", _words(planned))
    event.add("transp", "TRANSPARENT")
    return event


SINCE = int(dt.datetime(2026, 1, 1, tzinfo=dt.UTC).timestamp())
"""Programs take an event again only where its sequence has risen; seconds from here stay a small number."""


def _words(planned: Planned) -> str:
    if planned.source is None:
        return planned.what
    checked = planned.source.checked
    return f"{planned.what}.\n{planned.source.words}, read on {checked.day} {checked:%B %Y}: {planned.source.link}"

"""What is said of one suggestion, of what a pupil has now and of what was tried: facts, costs, places, and where it leads."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from vfm.costing.calendar import AcademicYear, day_words
from vfm.costing.costed import CostedIntervention
from vfm.costing.methods import gaps_of
from vfm.costing.programme import Programme
from vfm.money import half_up, pounds
from vfm.plan.shown import gap_words
from vfm.value.fits import Fit, Suggestion, Tried
from vfm.value.offers import Known, Offer, Rank, Running, programme_of
from vfm.value.taken import RESULT_WORDS, Taken
from vfm.value.weekly import time_words, when_words

RANKS = {
    Rank.PLACES: "On the map now, with places left",
    Rank.PLACES_NOT_KNOWN: "On the map now; how many places there are is not entered",
    Rank.ON_LIST: "On your list of programmes",
    Rank.FULL: "On the map now, and full",
    Rank.LIBRARY: "In the starter library, not on your list",
}
FITS = {
    Fit.PRIMARY: "For the primary need",
    Fit.SECOND: "For the second need",
    Fit.NOT_SAID: "May be for the need: it cannot be told from what is entered",
}
NOT_COSTED = "Not costed here yet"
LISTED = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """One suggestion as the page shows it; `add` leads to where the pupil is added, `new` to a new intervention."""

    name: str
    facts: tuple[tuple[str, str], ...]
    entry: Programme | None
    notes: tuple[str, ...]
    overview: str = ""
    add: str = ""
    new: str = ""


def shown(each: Suggestion, known: Known, year: int) -> Shown:
    """A suggestion with its facts, and where it leads."""
    offer, running = each.offer, each.offer.running
    facts = [("Fits", FITS[each.fit]), *_of_line(offer, known), ("What it costs here", _cost(offer, known))]
    add, overview = "", ""
    if running:
        line: dict[str, Any] = {"year": year, "intervention": running.line.intervention.id}
        overview = url_for("intervention.overview", **line)
        pupil: dict[str, Any] = {"with": known.pupil.id, "_anchor": f"in-{known.pupil.id}"}
        add = url_for("taking_part.choose", **line, **pupil)
    return Shown(
        offer.name, tuple(fact for fact in facts if fact[1]), offer.entry, tuple(_notes(each)), overview,
        "" if offer.rank is Rank.FULL else add, _new(offer, year),
    )  # fmt: skip


def _new(offer: Offer, year: int) -> str:
    """Where a new intervention is begun from the programme; nothing where a line with places stands there already."""
    if offer.rank in (Rank.PLACES, Rank.PLACES_NOT_KNOWN):
        return ""
    own, entry = offer.own, offer.entry
    asked: dict[str, Any] = {"programme": own.key} if own else {"entry": entry.key} if entry else {}
    return url_for("provision-map.add", year=year, **asked)


def _of_line(offer: Offer, known: Known) -> list[tuple[str, str]]:
    running = offer.running
    if running is None:
        usual = offer.own.usual if offer.own else None
        return [("Usually", usual.words)] if usual else []
    it = running.line.intervention
    when = "; ".join(filter(None, (when_words(it, known.costed.calendar), time_words(it))))
    return [
        ("Runs", when + (f"; begins on {day_words(running.begins)}" if running.begins else "")),
        ("Who it is for", running.entry or "No entry criteria are entered"),
        ("Places", _places(running)),
    ]


def _places(running: Running) -> str:
    there = f"{running.in_it} in it" if running.in_it else "nobody is entered in it"
    return f"Not entered; {there}" if running.places is None else f"{running.left} left of {running.places}; {there}"


def _cost(offer: Offer, known: Known) -> str:
    """What the line costs; of a programme, what its lines on this year's map cost, whoever they are for."""
    if offer.running:
        return _cost_words(offer.running.line)
    its = [
        each
        for each in known.costed.interventions
        if offer.own and programme_of(each.intervention, known.own) is offer.own
    ]
    return " ".join(f"{each.name}: {_cost_words(each)}" for each in its[:LISTED]) or NOT_COSTED


def _cost_words(each: CostedIntervention) -> str:
    parts = ((each.cost_per_pupil, "a pupil in the year"), (each.cost_per_pupil_hour, "for an hour of one pupil"))
    said = ", ".join(f"{pounds(half_up(amount))} {words}" for amount, words in parts if amount is not None)
    total = said or f"{pounds(half_up(each.total))} in the year; for how many pupils is not entered"
    return " ".join((f"{total}.", *(gap_words(gap) for gap in gaps_of(each))))


def _notes(each: Suggestion) -> Iterable[str]:
    for taken in each.before:
        yield f"Taken before: {taken_words(taken)}"
    if each.like:
        yield f"Of the same type as {' and '.join(each.like)}, which the pupil takes part in now: two for one thing at once."


def _called(each: Taken) -> str:
    return each.name if each.name == each.called else f"{each.name} ({each.called})"


def now_words(each: Taken, day: dt.date) -> str:
    """What the pupil takes part in on a day, or from when."""
    return _called(each) + (f", from {day_words(each.first)}" if each.first > day else "")


def taken_words(each: Taken) -> str:
    """The year, what it was called, and the outcome at the time."""
    return f"{AcademicYear(each.year).words}, {_called(each)}: {RESULT_WORDS[each.result].lower()}"


def tried_words(each: Tried) -> tuple[str, str, Sequence[str]]:
    """The name, why it is not suggested, and what was taken then."""
    return each.offer.name, each.why, [taken_words(one) for one in each.taken]

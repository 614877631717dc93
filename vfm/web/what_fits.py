"""Which provision fits a child: what matches need, year group and tier and would be no repeat. It suggests; people decide."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from vfm.costing.calendar import AcademicYear, day_words
from vfm.costing.costed import CostedIntervention
from vfm.costing.intervention import Tier
from vfm.costing.methods import gaps_of
from vfm.costing.programme import Programme
from vfm.money import half_up, pounds
from vfm.plan.shown import gap_words
from vfm.pupils.pupil import NEED_TYPES, Pupil
from vfm.store.costed import costed_year
from vfm.store.programmes import ProgrammeRow, catalogue_of
from vfm.store.provision import InterventionRow
from vfm.store.pupils import pupils_of
from vfm.store.rows import rows_of
from vfm.store.taken import taken_until
from vfm.value.fits import OFFERED_TIERS, Fit, Known, Offer, Rank, Suggestion, Tried, first_tier, fits, programme_of
from vfm.value.taken import RESULT_WORDS, Taken
from vfm.value.weekly import time_words, when_words
from vfm.web.bank import library
from vfm.web.by_pupil import about
from vfm.web.database import db
from vfm.web.fields import Form, Menu
from vfm.web.naming import entry_of
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import page_of
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import today

pages = Blueprint("what_fits", __name__, url_prefix=f"{ADDRESS}/pupils/<int:pupil>/what-fits")
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


class TierForm(Form):
    """Which tier to look in. It is sent as an address."""

    class Meta:
        csrf = False

    tier = Menu("Tier")


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


@pages.get("/")
@permit(Permission.REVIEW)
def of_pupil(year: int, pupil: int) -> ResponseReturnValue:
    """What fits one pupil. Names are for leadership and the SENCO, who alone come here."""
    review_or_404(year)
    child = pupils_of(db(), here().school.id).get(str(pupil)) or abort(404)
    known, tier = _known(child, year), _tier(child)
    found = fits(known, tier)
    return render_template(
        "provision/what_fits.html", at=here(), year=AcademicYear(year), pupil=child, about=about(child), back=page_of(year, pupil),
        second=NEED_TYPES[child.second_need].words if child.second_need else "", form=_form(tier), tier=tier.value, ranks=RANKS,
        groups=[(RANKS[rank], [_shown(each, known, year) for each in found.suggestions if each.offer.rank is rank]) for rank in Rank],
        tried=[_tried(each) for each in found.tried], now=[_now_words(each, known.day) for each in found.now],
        other_years=found.other_years, day=day_words(known.day), needless=_needless(child),
    )  # fmt: skip


def _tier(child: Pupil) -> Tier:
    asked = next((tier for tier in OFFERED_TIERS if tier.value == request.args.get("tier", "")), None)
    return asked or first_tier(child.status)


def _form(tier: Tier) -> TierForm:
    form: Any = TierForm(formdata=None, tier=tier.value)
    form.tier.choices = [SelectChoice(each.value, each.value.capitalize()) for each in OFFERED_TIERS]
    return form  # type: ignore[no-any-return]


def _known(child: Pupil, year: int) -> Known:
    """Everything that is known for the pupil today, or on the day of the review's year that is nearest to today."""
    school, term = here().school.id, AcademicYear(year)
    own = catalogue_of(db(), school)
    held = {str(row.id): entry for row in rows_of(db(), ProgrammeRow, school) if (entry := entry_of(row))}
    return Known(
        pupil=child,
        day=min(max(today(), term.first_day), term.last_day),
        costed=costed_year(db(), school, term, pupils_of(db(), school), leadership=here().leads).actual,
        taken=taken_until(db(), school, year, own, pupil=int(child.id)),
        own=own,
        library=library(),
        held=held,
        entries={str(row.id): row.entry for row in rows_of(db(), InterventionRow, school, year=year)},
    )


def _needless(child: Pupil) -> str:
    """What to say where the need tells no area."""
    if not child.need:
        return "No primary need is recorded, so programmes for every area of need are shown."
    need = NEED_TYPES[child.need]
    return "" if need.area else f"{need.words} belongs to no one area of need, so more than one area may be shown."


def _shown(each: Suggestion, known: Known, year: int) -> Shown:
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
        usual = (
            offer.own.usual.filled_from(offer.entry.usual if offer.entry else offer.own.usual) if offer.own else None
        )
        return [("Usually", usual.words)] if usual and not offer.entry else []
    it = running.line.intervention
    when = "; ".join(filter(None, (when_words(it, known.costed.calendar), time_words(it))))
    return [
        ("Runs", when + (f"; begins on {day_words(running.begins)}" if running.begins else "")),
        ("Who it is for", running.entry or "No entry criteria are entered"),
        ("Places", _places(running.places, running.left, running.in_it)),
    ]


def _places(places: int | None, left: int | None, in_it: int | None) -> str:
    there = "nobody is in it" if not in_it else f"{in_it} in it"
    return f"Not entered; {there}" if places is None else f"{left} left of {places}; {there}"


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
        yield f"Taken before: {_taken_words(taken)}"
    if each.like:
        yield f"Of the same type as {' and '.join(each.like)}, which the pupil takes part in now: two for one thing at once."


def _called(each: Taken) -> str:
    return each.name if each.name == each.called else f"{each.name} ({each.called})"


def _now_words(each: Taken, day: dt.date) -> str:
    return _called(each) + (f", from {day_words(each.first)}" if each.first > day else "")


def _taken_words(each: Taken) -> str:
    return f"{AcademicYear(each.year).words}, {_called(each)}: {RESULT_WORDS[each.result].lower()}"


def _tried(each: Tried) -> tuple[str, str, Sequence[str]]:
    return each.offer.name, each.why, [_taken_words(one) for one in each.taken]

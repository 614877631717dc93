"""The page that leads from the map to the ledger, line by line, and ends with what nobody has explained."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.bridge import Bridge, BridgeEntry, BridgeLine
from vfm.costing.calendar import AcademicYear, Period
from vfm.costing.time_not_tied import TimeCost
from vfm.money import half_up, percent_words, pounds
from vfm.store.bridging import bridge_of
from vfm.store.columns import exact
from vfm.store.reviews import reviews_of
from vfm.web.database import db
from vfm.web.fields import plain
from vfm.web.layout import pence
from vfm.web.leads import address_of
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import years_to_start

pages = Blueprint("bridge", __name__, url_prefix=f"{ADDRESS}/bridge")
WORKING = {
    "map": "The part of each intervention that counts as additional and falls on pupils with SEN, {year}",
    "period": "What of the maps falls from {dates}, less the line above",
    "not-run": "Staff were paid for sessions that did not take place",
    "timing": "Equipment, licences and training: the full price on the day, less what the map spreads over these days",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the page: what it is, how it came about, its amount, and the page on which it is entered."""

    name: str
    notes: Sequence[str]
    how: str
    amount: str
    state: str
    address: str


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """From the cost of the map to the ledger's SEN spend."""
    found = bridge_of(db(), review_or_404(year), leadership=here().leads)
    lines, rest = found.printed()
    return render_template(
        "bridge/bridge.html", at=here(), year=AcademicYear(year), found=found, steps=_steps(found, lines, year),
        nothing=[(line.name, address_of(line.leads_to, year)) for line in found.at_nought], explained=pounds(sum(lines)),
        ledger=pounds(half_up(found.ledger)), ledger_state=_state(found.ledger_estimated), rest=pounds(rest),
        rest_note=_rest_note(found, rest), gaps=_gaps(found), not_counted=pounds(half_up(found.not_counted)) if found.not_counted else "",
    )  # fmt: skip


def _gaps(found: Bridge) -> list[tuple[str, Period, str]]:
    """The days without a map: what to call them, which days they are, and where their map is entered or its review begun."""
    if not (found.telling or found.compared):
        return []
    kept = {row.year for row in reviews_of(db(), here().school.id)}
    gaps = []
    for days in found.without_map:
        year = AcademicYear.holding(days.first).start
        can = year in kept or year in years_to_start()
        address = url_for("provision-map.overview", year=year) if year in kept else url_for("school.another", year=year)
        gaps.append(
            (f"Provision of {days.first:%B} to {days.last:%B}: no map is entered", days, address if can else "")
        )
    return gaps


def _steps(found: Bridge, printed: Sequence[int], year: int) -> list[Step]:
    return [
        Step(
            line.name, _notes(found, line, year), "Worked out" if line.computed else f"Typed, set by {line.set_by}",
            pounds(amount) + ("*" if line.substitute else ""), _state(line.estimated), address_of(line.leads_to, year),
        )
        for line, amount in zip(found.telling, printed, strict=True)
    ]  # fmt: skip


def _notes(found: Bridge, line: BridgeLine, year: int) -> Sequence[str]:
    """The ground that a line stands on: its own, its formula, or the hours and rates behind it."""
    if not line.computed:
        return [_typed(each) for each in found.entries if each.heading == line.key]
    if line.leads_to == "time":
        return [_time(each) for each in found.times if f"time:{each.entered.kind.value}" == line.key and each.cost]
    return [WORKING[line.key].format(year=AcademicYear(year).words, dates=found.period.dates)]


def _time(each: TimeCost) -> str:
    entered = each.entered
    hours = f"{plain(entered.hours)} {'paid hours' if entered.paid else 'hours'} of {entered.role}"
    cards = " and ".join(dict.fromkeys(rate.card.words for rate in each.rates))
    share = f", {plain(entered.sen_share)}% of it SEN" if entered.sen_share != 100 else ""
    return f"{entered.name}: {hours} at {pence(each.per_hour or 0)} an hour ({cards}){share}"


def _typed(each: BridgeEntry) -> str:
    return f"{each.name}: {pence(each.pence)}, {each.ground}"


def _state(estimated: bool) -> str:
    return "Estimated" if estimated else "Confirmed"


def _rest_note(found: Bridge, rest: int) -> str:
    if not rest:
        return "The map and the lines lead to the ledger to the penny"
    where = (
        "The ledger holds more than the map and the lines"
        if rest > 0
        else "The ledger holds less than the map and the lines"
    )
    share = "" if found.percent is None else f": {percent_words(abs(found.percent))} of its SEN spend"
    beyond = "within" if not found.beyond(exact(here().school.tolerance) / 100) else "beyond"
    return f"{where}{share}, {beyond} your tolerance of {plain(here().school.tolerance)}%"

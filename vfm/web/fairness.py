"""Fairness: pounds and hours for each pupil, group by group, and the questions that they raise."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vfm.money import half_up, hours_and_minutes, pounds
from vfm.pupils.pupil import SenStatus
from vfm.value.fairness import (
    Division,
    Given,
    Group,
    Spread,
    divisions,
    gini,
    given_in,
    of_status,
    share_of_the_top_tenth,
)
from vfm.value.withheld import FEWEST
from vfm.web.layout import percent
from vfm.web.noticed import case_here, page_parts
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS

pages = Blueprint("fairness", __name__, url_prefix=f"{ADDRESS}/fairness")
HEADINGS = ["Pupils", "£ each: mean", "£: middle", "£: range", "Hours each: mean", "Hours: middle", "Hours: range"]
WITHHELD = ("Withheld", *[""] * 6)
TOO_FEW = "Too few pupils, or nothing given"


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """Group by group; how unevenly it falls is for leadership alone. Nobody without a part in the review comes here."""
    case = case_here(year)
    given = given_in(case.map, case.pupils)
    shown: dict[str, Any] = page_parts(case, "fairness") | {"headings": ()}
    return render_template(
        "noticed/fairness.html", number=len(given), fewest=FEWEST, columns=HEADINGS, method=case.method,
        tables=[(each.name, _rows(each)) for each in divisions(given) if len(each.groups) > 1],
        uneven=_uneven(given) if here().leads else [], estimated=case.map_estimated, **shown,
    )  # fmt: skip


def _rows(division: Division) -> list[tuple[str, ...]]:
    return [(group.name, *_cells(group)) for group in division.groups]


def _cells(group: Group) -> Sequence[str]:
    if group.pence is None or group.hours is None:
        return WITHHELD
    return (str(group.pupils), *_spread(group.pence, _pounds), *_spread(group.hours, _hours))


def _spread(spread: Spread, words: Callable[[Fraction], str]) -> tuple[str, str, str]:
    return words(spread.mean), words(spread.median), f"{words(spread.low)} to\n{words(spread.high)}"


def _pounds(pence: Fraction) -> str:
    return pounds(half_up(pence))


def _hours(hours: Fraction) -> str:
    return hours_and_minutes(hours * 60).replace(" hours", " h").replace(" hour", " h").replace(" minutes", " min")


def _uneven(given: Sequence[Given]) -> list[tuple[str, ...]]:
    """Of everybody, of pupils with a plan and of those on SEN Support: how many, the share of the tenth, and the Gini."""
    parts = [("Everybody on the register", tuple(given))]
    parts += [(status.words, of_status(given, status)) for status in (SenStatus.EHC_PLAN, SenStatus.SEN_SUPPORT)]
    return [(name, str(len(its)), *_measures([each.pence for each in its])) for name, its in parts]


def _measures(pence: Sequence[Fraction]) -> tuple[str, str]:
    share, uneven = share_of_the_top_tenth(pence), gini(pence) if len(pence) >= FEWEST else None
    tenth = TOO_FEW if share is None else percent(share * 100)
    return tenth, TOO_FEW if uneven is None else f"{Decimal(half_up(uneven * 100)) / 100:.2f}"

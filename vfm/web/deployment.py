"""Where contracted hours go: by role and for each member of staff, with who is over-booked and what is not recorded yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.costed import CostedIntervention
from vfm.costing.deployment import Deployment, Work, by_person, by_role, unnamed
from vfm.costing.intervention import Giver
from vfm.documents.charts import Bars
from vfm.money import half_up, hours_and_minutes, percent_words
from vfm.store.cases import contracts_of
from vfm.store.costed import costed_year
from vfm.store.pupils import pupils_of
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRow
from vfm.web.database import db
from vfm.web.permissions import Permission, here, permit
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404

pages = Blueprint("deployment", __name__, url_prefix=f"{ADDRESS}/deployment")
MINUTES = 60
ON_THE_MAP = "On the map"
HEADINGS = ("Contracted", "Booked", "Not yet recorded", ON_THE_MAP, *(work.words for work in Work))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: who, what stands beneath the name, the cells, and what is wrong in words."""

    name: str
    under: str
    cells: Sequence[str]
    over: str = ""
    address: str = ""


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """Contracted hours and what they are for. Names are for leadership and the SENCO, who alone come here."""
    review_or_404(year)
    school = here().school.id
    map_ = costed_year(db(), school, AcademicYear(year), pupils_of(db(), school, year), leadership=False)
    contracts, its = contracts_of(db(), school, map_.calendar), map_.actual.interventions
    roles = by_role(contracts, its)
    return render_template(
        "deployment/deployment.html", at=here(), year=AcademicYear(year), headings=HEADINGS, weeks=map_.calendar.weeks,
        roles=[_row(each, each.role, _people_words(each), url_for("roles.overview", year=year)) for each in roles],
        people=_people(by_person(contracts, its), unnamed(its), year), chart=_chart(roles), estimated=map_.actual.estimated,
        nameless=[each for each in its if _nameless(each)],
    )  # fmt: skip


def _people(lines: Sequence[Deployment], nobody: Mapping[str, Fraction], year: int) -> list[Row]:
    """Each member of staff, role by role, and after them the hours of the role that name nobody yet."""
    staff = {str(row.id): row.name for row in rows_of(db(), StaffRow, here().school.id)}
    rows = []
    for role in dict.fromkeys([each.role for each in lines] + list(nobody)):
        rows += [
            _row(each, staff[each.person], role, url_for("staff.change", year=year, row=int(each.person)))
            for each in lines
            if each.role == role
        ]
        if nobody.get(role):
            cells = [hours(nobody[role]) if heading == ON_THE_MAP else "" for heading in HEADINGS]
            rows.append(Row("On the map, naming nobody", role, cells))
    return rows


def _row(each: Deployment, name: str, under: str, address: str) -> Row:
    work = [hours(each.other_work[kind]) for kind in Work]
    left = hours(each.not_recorded) if each.people else ""
    booked = percent_words(each.percent) if each.percent is not None else ""
    over = f"Over-booked by {hours_and_minutes(each.over)}" if each.over_booked else ""
    contracted = hours(each.contracted) if each.people else ""
    return Row(name, under, [contracted, booked, left, hours(each.on_the_map), *work], over, address)


def hours(minutes: Fraction) -> str:
    """Such as 27 h 30 min, for a table of many columns; rounded half up to the minute, once, here."""
    whole, rest = divmod(half_up(minutes), MINUTES)
    return f"{whole:,} h {rest} min" if rest else f"{whole:,} h"


def _people_words(each: Deployment) -> str:
    if not each.people:
        return "Nobody on the staff list"
    return "1 member of staff" if each.people == 1 else f"{each.people} members of staff"


def _chart(roles: Sequence[Deployment]) -> Bars | None:
    """Contracted beside booked hours of each role that has staff."""
    shown = [each for each in roles if each.people]
    if not shown:
        return None
    series = (
        ("Contracted", tuple(half_up(each.contracted / MINUTES) for each in shown)),
        ("Booked", tuple(half_up(each.booked / MINUTES) for each in shown)),
    )
    return Bars("Hours in the year, by role", tuple(each.role for each in shown), series, "hours")


def _nameless(each: CostedIntervention) -> bool:
    return any(line.staff.kind is Giver.STAFF and not line.staff.person for line in each.staff_lines)

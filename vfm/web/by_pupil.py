"""The map pupil by pupil: what each one takes part in, when and for how long, hours in the year, and the share of the cost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from vfm.costing.calendar import AcademicYear
from vfm.costing.provision_map import CostedMap
from vfm.documents.by_pupil_tables import by_pupil_tables
from vfm.money import hours_and_minutes, pounds
from vfm.pupils.pupil import NEED_TYPES, Pupil
from vfm.pupils.register import SORTS as REGISTER_SORTS
from vfm.pupils.register import STATUSES, Chosen, choose
from vfm.store.costed import costed_year
from vfm.store.pupils import pupils_of
from vfm.value.map_by_pupil import SORTS, MapByPupil, Part, PupilOnMap, map_by_pupil, sort_by
from vfm.value.map_choice import chosen_of
from vfm.value.weekly import span_words, time_words, when_words
from vfm.web.database import db
from vfm.web.fields import Menu
from vfm.web.map_filter import SIZES, YEARS, Filter, FilterForm, asked, filter_of, offer
from vfm.web.paging import page_asked
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import page_of
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import today
from vfm.web.taking_out import as_file
from vfm.web.year_picture import number_of

pages = Blueprint("by_pupil", __name__, url_prefix=f"{ADDRESS}/provision-map/by-pupil")
ON_A_PAGE = 200
HEADING = "Provision map by pupil"
ORDERS = {key: each[0] for key, each in (*REGISTER_SORTS.items(), *SORTS.items())}
MENUS = {"status": STATUSES, "sort": ORDERS}


class PupilFilterForm(FilterForm):
    """The menus of the map, and those of the register."""

    status = Menu("SEN status")
    sort = Menu("Sorted by")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the address chooses, and what it leaves of the map: `part` are the lines, `found` the pupils."""

    filter: Filter
    more: Mapping[str, str]
    whole: CostedMap
    part: CostedMap
    found: MapByPupil

    @property
    def query(self) -> dict[str, str]:
        """Everything that is chosen, for an address."""
        return self.filter.query | dict(self.more)

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is chosen, by menu; in which order they stand leaves out nobody."""
        return [
            *self.filter.said,
            *(("SEN status", STATUSES[word]) for name, word in self.more.items() if name == "status"),
        ]

    @property
    def form(self) -> PupilFilterForm:
        """The menus as they stand in the address."""
        form = PupilFilterForm(formdata=None, **self.query)
        offer(form, {**self.filter.menus, **MENUS})
        form.sort.choices = form.sort.choices[1:]
        return form


def _seen(year: int) -> Seen:
    review_or_404(year)
    school = here().school.id
    pupils = pupils_of(db(), school, year)
    whole = costed_year(db(), school, AcademicYear(year), pupils, leadership=here().leads).actual
    chosen, more = filter_of(whole, pupils), asked(MENUS)
    lines = replace(chosen.choice, in_year="", class_name="")
    part = chosen_of(whole, lines, pupils)
    ordered, wanted = _wanted(pupils, chosen, more, AcademicYear(year))
    found = map_by_pupil(part, ordered, lambda pupil: pupil.id in wanted, with_nothing=not lines.any)
    found = replace(found, pupils=sort_by(found.pupils, more.get("sort", "")))
    return Seen(chosen, more, whole, part, found)


def _wanted(
    pupils: Mapping[str, Pupil], chosen: Filter, more: Mapping[str, str], year: AcademicYear
) -> tuple[dict[str, Pupil], set[str]]:
    """Every pupil in the order that is asked for, and the keys of those who are wanted."""
    days, every = (year.first_day, year.last_day, today()), list(pupils.values())
    ordered = choose(every, Chosen(who="all", sort=more.get("sort", "entered")), *days)
    of_status = choose(every, Chosen(who="all", status=more.get("status", "")), *days)
    return {each.id: each for each in ordered}, {
        each.id for each in of_status if chosen.choice.holds(each) and not each.erased
    }


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int) -> ResponseReturnValue:
    """A row for each pupil who is on the map, or has SEN and is on no line of it. Leadership and the SENCO alone come here."""
    seen = _seen(year)
    pupils = seen.found.pupils
    number, links = page_asked(".overview", len(pupils), ON_A_PAGE, **{**seen.query, "year": year})
    part = pupils[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    return render_template(
        "provision/by_pupil.html", at=here(), year=AcademicYear(year), seen=seen, form=seen.form, sizes=SIZES, links=links, said=seen.said,
        rows=[_row(each, seen.part, year) for each in part], adds_up=_adds_up(seen.found),
        nothing=sum(not each.parts for each in pupils), of_lines=(len(seen.part.interventions), len(seen.whole.interventions)),
        cost=pounds(seen.part.printed_total), of_cost=pounds(seen.whole.printed_total),
    )  # fmt: skip


def _row(each: PupilOnMap, costed: CostedMap, year: int) -> dict[str, Any]:
    pupil = each.pupil
    return {
        "id": pupil.id, "name": pupil.name, "address": page_of(year, pupil.id), "about": about(pupil),
        "parts": [_part(part, costed) for part in each.parts],
        "hours": hours_and_minutes(each.hours * 60) if each.parts else "", "cost": pounds(each.pence) if each.parts else "",
    }  # fmt: skip


def about(pupil: Pupil) -> str:
    """Such as "Year 4, Elm. SEN Support, Specific learning difficulty"."""
    where = (YEARS.get(str(pupil.year), ""), pupil.class_name)
    need = NEED_TYPES[pupil.need].words if pupil.need in NEED_TYPES else ""
    parts = (", ".join(filter(None, where)), ", ".join(filter(None, (pupil.status.words, need))))
    return ". ".join(filter(None, parts))


def _part(part: Part, costed: CostedMap) -> tuple[str, str, str]:
    """The key and the name of a line, and when the pupil takes part in it."""
    it = part.line.intervention
    span = span_words(part.member.joined or it.starts_on, part.member.left or it.ends_on)
    return it.id, it.name, "; ".join(filter(None, (when_words(it, costed.calendar), time_words(it), span)))


def _adds_up(found: MapByPupil) -> list[tuple[str, str]]:
    """What the shares of the pupils and what falls on nobody add up to; lines of nothing are left out."""
    parts = (
        (f"The {number_of(len(found.pupils), 'pupil')} shown", found.listed),
        (f"{number_of(found.number_of_others, 'other pupil')}, not shown", found.others),
        ("Groups that name no pupils", found.unnamed),
        ("Not attributed: nobody was in the group while it ran", found.not_attributed),
        ("Unfilled places", found.unfilled),
    )
    first, *rest = parts
    return [(words, pounds(pence)) for words, pence in (first, *(each for each in rest if each[1]))]


@pages.get("/download.<any(csv,xlsx):kind>")
@permit(Permission.REVIEW)
def download(year: int, kind: str) -> ResponseReturnValue:
    """The same pupils, and each one's parts, as files."""
    seen = _seen(year)
    said = [
        *seen.filter.said,
        *(("SEN status", STATUSES[word]) for name, word in seen.more.items() if name == "status"),
    ]
    return as_file(by_pupil_tables(seen.found, seen.part, said), kind, HEADING, year)

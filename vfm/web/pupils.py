"""The register of pupils: entered by hand or brought in, filtered and sorted by the address alone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import request, url_for
from wtforms import SelectChoice

from vfm.costing.calendar import AcademicYear
from vfm.pupils.pupil import NEED_TYPES
from vfm.pupils.register import GROUPS, SORTS, STATUSES, WHO, Chosen, choose
from vfm.pupils.upn import is_upn, right_letter, tidy_upn
from vfm.store.attendance import AttendanceRow
from vfm.store.packs import PackRow
from vfm.store.pupil_reviews import PupilReviewRow
from vfm.store.pupil_views import PupilViewRow
from vfm.store.pupils import PupilRow, pupils_of
from vfm.store.rows import count_rows, rows_of
from vfm.store.year_groups import groups_in, set_groups
from vfm.web.database import db
from vfm.web.fields import Day, Form, Line, Menu, Options, Tick
from vfm.web.layout import day
from vfm.web.permissions import here
from vfm.web.pupil_names import called
from vfm.web.register import Column, Register, RowForm
from vfm.web.school import now_by, today
from vfm.web.sen_status import STATUS_WORDS, check_since, history_of, keep_since, status_words

YEAR_WORDS = {"-2": "Before nursery", "-1": "Nursery", "0": "Reception"} | {str(n): f"Year {n}" for n in range(1, 15)}
NEED_WORDS = {need.code: need.words for need in NEED_TYPES.values()}
SEXES = (("F", "Female"), ("M", "Male"))
ON_A_PAGE = 200
MADE_OF_PUPILS: tuple[Any, ...] = (PackRow, PupilViewRow, PupilReviewRow, AttendanceRow)


class PupilForm(RowForm):
    """One pupil."""

    status_before: str | None = None  # what the status was until now

    name = Line(
        "Name or reference",
        missing="Enter a name or a reference",
        description="A reference that only your school understands is enough",
    )
    upn = Line(
        "UPN",
        longest=20,
        width="20",
        description="Leave empty for a child who has none yet, such as next year's intake",
    )
    reference = Line(
        "The school's own reference", longest=50, width="20",
        description="Such as the admission number. It is shown in place of the name if your school has chosen so",
    )  # fmt: skip
    year_group = Menu(
        "Year group", YEAR_WORDS.items(), missing="Choose the year group",
        description="A pupil moves up by one each year. A change holds from this year on; earlier years stay as they are",
    )  # fmt: skip
    class_name = Line("Class or registration group", longest=50, width="10")
    status = Options("SEN status", STATUS_WORDS.items(), missing="Choose the SEN status")
    since = Day(
        "Since when?",
        description="If the status began or changed in this year. Left empty, it holds for the whole year",
    )
    need = Menu("Primary need", NEED_WORDS.items())
    second_need = Menu("Second need", NEED_WORDS.items())
    pupil_premium = Tick("Receives pupil premium")
    fsm = Tick("Is eligible for free school meals")
    eal = Tick("Has English as an additional language")
    looked_after = Tick("Is looked after by a local authority")
    sex = Menu("Sex, as in the school census", SEXES)
    top_up = Tick("The school receives top-up funding for this pupil")
    joined = Day("First day at the school", description="Leave empty if the pupil was here before the year began")
    left = Day(
        "Last day at the school",
        description="Leave empty unless the pupil has left or is leaving. Top-up for the pupil counts up to this day",
    )


class ChoiceForm(Form):
    """What is shown of the register. It is sent as an address, so it changes nothing and can be kept as a bookmark."""

    class Meta:
        csrf = False

    status = Menu("SEN status")
    need = Menu("Need")
    in_year = Menu("Year group")
    group = Menu("Also")
    who = Menu("Who")
    sort = Menu("Sorted by")


class Pupils(Register):
    name, one, heading = "pupils", "pupil", "Pupils"
    why = (
        "The pupils who receive support, or the whole register. Nothing of this leaves the school: the plan holds counts only. "
        "If you would rather enter no pupils, leave this empty and give the size of each group with its intervention."
    )
    table, form = PupilRow, PupilForm
    brought_in = "pupils_import.upload"
    list_template = "register/pupils.html"
    form_template = "register/pupil.html"

    def where(self, year: int) -> dict[str, Any]:
        """Whoever is erased is on no list and has no page; figures go on counting them."""
        return {"erased": None}

    def rows(self, year: int) -> Sequence[Any]:
        """Those who are chosen in the address, in the order that is chosen there."""
        term, rows = (
            AcademicYear(year),
            {str(row.id): row for row in rows_of(db(), PupilRow, here().school.id, erased=None)},
        )
        pupils = [each for each in pupils_of(db(), here().school.id, year).values() if each.id in rows]
        return [rows[each.id] for each in choose(pupils, chosen(), term.first_day, term.last_day, today())]

    def extra(self, rows: Sequence[Any], year: int) -> dict[str, Any]:
        form = ChoiceForm(formdata=None, **asdict(chosen()))
        for field, options in zip(form, _options(), strict=True):
            field.choices = [SelectChoice(*option) for option in options]
        page, pages = _page(), max(1, -(-len(rows) // ON_A_PAGE))
        page = min(page, pages)
        links = [(number, _address(year, page=str(number)), number == page) for number in range(1, pages + 1)]
        return {
            "choice": form, "part": rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], "links": links if pages > 1 else [],
            "files": {kind: url_for("pupils.download", year=year, kind=kind, **_choice()) for kind in ("csv", "xlsx")},
            "any": bool(rows) or bool(rows_of(db(), PupilRow, here().school.id, erased=None)),
        }  # fmt: skip

    def columns(self, year: int) -> Sequence[Column]:
        groups = groups_in(db(), here().school.id, year)
        return (
            Column("Name or reference", called),
            Column(
                "Record", lambda row: "Record", link=lambda row: url_for("pupil_page.of_pupil", year=year, pupil=row.id)
            ),
            Column("Year group", lambda row: group_words(groups.get(row.id))),
            Column("Class", lambda row: row.class_name or ""),
            Column("SEN status", lambda row: STATUS_WORDS[row.status]),
            Column("Primary need", lambda row: NEED_WORDS.get(row.need or "", "")),
            Column("Second need", lambda row: NEED_WORDS.get(row.second_need or "", "")),
            Column("Pupil premium", lambda row: "Yes" if row.pupil_premium else "No"),
            Column("Free school meals", lambda row: "Yes" if row.fsm else "No"),
            Column("EAL", lambda row: "Yes" if row.eal else "No"),
            Column("Looked after", lambda row: "Yes" if row.looked_after else "No"),
            Column("Top-up", lambda row: "Yes" if row.top_up else "No"),
            Column("UPN", lambda row: row.upn or "None yet"),
            Column("Left", lambda row: day(row.left)),
            Column(
                "Claim", lambda row: "Claim view", link=lambda row: url_for("claims.of_pupil", year=year, pupil=row.id)
            ),
        )

    def title_of(self, row: Any) -> str:
        return called(row)

    def prepare(self, form: Any, year: int, row: Any) -> None:
        form.year_group.offer(YEAR_WORDS.items())
        form.year_group.label.text = f"Year group in {AcademicYear(year).words}"
        form.need.offer(NEED_WORDS.items())
        form.second_need.offer(NEED_WORDS.items())
        form.sex.offer(SEXES)

    def check(self, form: Any, year: int, row: Any) -> None:
        if form.status.data == "N" and form.need.data:
            form.need.errors = ["A pupil without SEN has no primary need: choose a status, or leave the need empty"]
        if (form.second_need.data and form.second_need.data in (form.need.data, "")) or (
            form.second_need.data and not form.need.data
        ):
            form.second_need.errors = ["The second need must be another than the primary need, which comes first"]
        if form.top_up.data and form.status.data == "N":
            form.top_up.errors = ["Top-up is for a pupil with SEN: choose a status"]
        if form.joined.data and form.left.data and form.left.data < form.joined.data:
            form.left.errors = ["The last day must not be before the first day"]
        _check_upn(form.upn, row)
        check_since(form, row)
        form.status_before = row.status if row else None

    def about(self, row: Any, year: int) -> dict[str, Any]:
        return {"history": [(each, status_words(each)) for each in reversed(history_of(row))] if row else []}

    def shown(self, row: Any) -> dict[str, Any]:
        history, group = history_of(row), groups_in(db(), row.school_id, _year()).get(row.id)
        known = {} if group is None else {"year_group": str(group)}
        return super().shown(row) | known | ({"since": history[-1].starts} if history else {})

    def values(self, form: Any) -> dict[str, Any]:
        values = super().values(form) | {"upn": tidy_upn(form.upn.data) or None}
        values |= {name: values[name] or None for name in ("reference", "class_name")}
        del values["since"], values["year_group"]
        return values

    def wrote(self, row: Any, form: Any) -> None:
        set_groups(db(), row.school_id, _year(), {row.id: int(form.year_group.data)}, now_by())
        keep_since(row, form.status_before, form.since.data)

    def stays(self, row: Any) -> str:
        """What was made of a pupil, or written down of one, does not go by the way: erasing says first what goes."""
        if not any(count_rows(db(), table, row.school_id, pupil_id=row.id) for table in MADE_OF_PUPILS):
            return ""
        return (
            f"{called(row)} has packs, views, reviews or attendance, which would go with the pupil. If they should, the school’s "
            "leadership can erase the pupil, which says first what goes."
        )

    def saved(self, row: Any, form: Any) -> str:
        wrong = row.upn and not right_letter(row.upn)
        query = ". Look at the UPN: its first letter does not belong to its figures" if wrong else ""
        return super().saved(row, form) + query


def group_words(group: int | None) -> str:
    """Such as Year 4; in a year in which the pupil is in none, or where nothing is known, words for that."""
    return "Not known" if group is None else YEAR_WORDS[str(group)]


def _year() -> int:
    """The year of the review in whose register the page stands."""
    return int((request.view_args or {})["year"])


def _check_upn(field: Any, row: PupilRow | None) -> None:
    """A UPN must be written as one and be nobody else's; a wrong check letter is only said, once it is saved."""
    upn = tidy_upn(field.data or "")
    if upn and not is_upn(upn):
        field.errors = [
            "A UPN is a letter, eleven figures, and a figure or a letter; leave it empty if there is none yet"
        ]
    elif upn:
        others = [
            each for each in rows_of(db(), PupilRow, here().school.id, upn=upn) if row is None or each.id != row.id
        ]
        if others:
            field.errors = [f"{called(others[0])} has this UPN already"]


def _choice() -> dict[str, Any]:
    """What the address chooses, by name; what is not chosen is left out, so that addresses stay short."""
    usual = Chosen()
    asked = {name: request.args.get(name, getattr(usual, name))[:20] for name in usual.__slots__}
    return {name: text for name, text in asked.items() if text and text != getattr(usual, name)}


def chosen() -> Chosen:
    """What the address chooses of the register."""
    return Chosen(**_choice())


def _page() -> int:
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 5 and int(asked) else 1


def _address(year: int, **more: str) -> str:
    return url_for("pupils.overview", year=year, **(_choice() | more))


def _options() -> Sequence[Sequence[tuple[str, str]]]:
    """The menus of what can be chosen, in the order of the form."""
    words: Sequence[Mapping[str, str]] = (
        {"": "Any"} | STATUSES, {"": "Any"} | NEED_WORDS, {"": "Any"} | YEAR_WORDS,
        {"": "Any"} | {key: name for key, (name, _) in GROUPS.items()}, WHO, {key: name for key, (name, _) in SORTS.items()},
    )  # fmt: skip
    return [list(each.items()) for each in words]


pages = Pupils().pages()

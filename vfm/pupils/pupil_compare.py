"""What bringing a sheet of pupils in would do to the register: who is new, changed, the same, queried, refused or gone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vfm.pupils.history import Known, Step, first_steps, next_steps
from vfm.pupils.pupil import NEED_TYPES, SenStatus
from vfm.pupils.pupil_match import KeptPupil, Match, match_pupils, name_key
from vfm.pupils.pupil_sheet import PupilSheet, SheetPupil
from vfm.pupils.said import same_number
from vfm.sheets.preview import Asked, Fate, Outcome, Preview
from vfm.sheets.wrong import WrongCell

LABELS = {
    "name": "Name", "upn": "UPN", "reference": "Reference", "year_group": "Year group", "class_name": "Class",
    "need": "Primary need", "second_need": "Second need", "pupil_premium": "Pupil premium", "fsm": "Free school meals",
    "eal": "English as an additional language", "looked_after": "Looked after", "top_up": "Top-up", "sex": "Sex",
    "joined": "First day", "left": "Last day",
}  # fmt: skip
ENDED, STAY = "ended", "stay"
LEAVE, STOP = "leave", "stop"
SUMMER = (7, 8)
"""The months in which a system may have moved its pupils up already."""


@dataclass(frozen=True, slots=True)
class Sure:
    """What a person has said, as far as the sheet does not: days, and what becomes of the missing and the refused.

    `groups_of`: the academic year for which the sheet's year groups hold, today's unless a person has said (`year_said`).
    """

    today: dt.date
    september: int
    since: dt.date
    left_on: dt.date
    groups_of: int
    missing: str = ""
    refused: str = ""
    year_said: bool = False


@dataclass(frozen=True, slots=True)
class PupilChange:
    """What is to be written of a pupil: a new one where `kept` is None. `steps` are added to the SEN history."""

    kept: KeptPupil | None
    values: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()


@dataclass(slots=True)
class _Found:
    """What has been found so far, in the order of the sheet."""

    outcomes: list[Outcome] = field(default_factory=list)
    changes: list[PupilChange] = field(default_factory=list)
    refused: list[tuple[Outcome, WrongCell]] = field(default_factory=list)
    there: set[int] = field(default_factory=set)
    dated: bool = False  # whether a day has to be asked for a status that changes
    moved: bool = False  # whether the file has another year group than is worked out for a pupil


def compare_pupils(sheet: PupilSheet, kept: Sequence[KeptPupil], sure: Sure) -> tuple[Preview, list[PupilChange]]:
    """What bringing it in would do, and what is then to be written."""
    found = _Found()
    matches = match_pupils(sheet.pupils, kept)
    for match in matches:
        _weigh(match, sure, found)
    unclear = {name_key(match.pupil.name) for match in matches if match.unclear}
    found.there |= {each.id for each in kept if name_key(each.name) in unclear}
    missing = [each for each in kept if each.id not in found.there and each.values.get("left") is None]
    if sure.missing == ENDED:
        _end(missing, sure, found)
    leave = sure.refused == LEAVE
    out = [outcome for outcome, _ in found.refused] if leave else []
    wrong = [] if leave else [cell for _, cell in found.refused]
    every = sorted([*found.outcomes, *sheet.left_out, *out], key=lambda each: (each.fate is Fate.ENDED, each.rows))
    return Preview(every, wrong, asked=_asked(found, missing, sure)), found.changes


def _who(missing: Sequence[KeptPupil]) -> str:
    names = ", ".join(each.name for each in missing[:10]) + (" and others" if len(missing) > 10 else "")
    return f"{len(missing)} on the register {'is' if len(missing) == 1 else 'are'} not in the file: {names}"


def _asked(found: _Found, missing: Sequence[KeptPupil], sure: Sure) -> list[Asked]:
    asked = []
    if found.refused:
        words = "Some pupils are refused. What shall be done?"
        choices = (
            (STOP, "Nothing yet: I shall put them right in the file"),
            (LEAVE, "Leave those pupils out, and bring in the others"),
        )
        asked.append(Asked("refused", words, choices, sure.refused))
    if missing:
        choices = (
            (STAY, "They are still here: the file holds only some of the pupils"),
            (ENDED, "They have left: end them on the day below"),
        )
        asked.append(
            Asked("missing", "What of the pupils who are not in the file?", choices, sure.missing, hint=_who(missing))
        )
        day = Asked(
            "left_on",
            "Their last day at the school",
            answer=sure.left_on.isoformat(),
            hint="Used only if they have left",
        )
        asked.append(day)
    if found.moved or sure.year_said or (sure.today.month in SUMMER and found.changes):
        asked.append(_asked_year(sure))
    if found.dated:
        words = "From which day do the changed SEN statuses hold?"
        asked.append(
            Asked(
                "since",
                words,
                answer=sure.since.isoformat(),
                hint="Where the file itself gives no day",
                latest=sure.today.isoformat(),
            )
        )
    return asked


def _asked_year(sure: Sure) -> Asked:
    now = year_of(sure.today)
    choices = tuple((str(year), year_range(year)) for year in (now, now + 1))
    hint = "A pupil who stays in a year group, or misses one out, is changed. Everybody else moves up without a file"
    return Asked(
        "groups_of", "Of which academic year are the year groups in the file?", choices, str(sure.groups_of), hint=hint
    )


def _weigh(match: Match, sure: Sure, found: _Found) -> None:
    pupil, kept = match.pupil, match.kept
    if kept:
        found.there.add(kept.id)
    cell = WrongCell(pupil.rows[0], "name", pupil.name, match.unclear) if match.unclear else _wrong_if_new(pupil)
    if kept and not match.unclear:
        _weigh_kept(pupil, kept, sure, found)
    elif _left_before(pupil, sure):
        words = "left before this year, and was never on the register here"
        found.outcomes.append(Outcome(pupil.rows, pupil.name, Fate.LEFT_OUT, (words,)))
    elif cell:
        _refuse(pupil, cell, found)
    else:
        _weigh_new(pupil, sure, found)


def _wrong_if_new(pupil: SheetPupil) -> WrongCell | None:
    """What a pupil who is new cannot be without."""
    if pupil.refused or "status" in pupil.values or not pupil.values.get("need"):
        return pupil.refused
    return WrongCell(pupil.rows[0], "SEN provision", "", "expected N, K or E, because a need is given")


def _left_before(pupil: SheetPupil, sure: Sure) -> bool:
    left = pupil.values.get("left")
    return left is not None and left < dt.date(sure.september, 9, 1)


def _refuse(pupil: SheetPupil, cell: WrongCell, found: _Found) -> None:
    said = f"{cell.column} {f'“{cell.value[:60]}”' if cell.value else 'is empty'}: {cell.expected}"
    if pupil.name not in ("", cell.value):
        cell = cell._replace(expected=f"{cell.expected} ({pupil.name})")
    found.refused.append((Outcome(pupil.rows, pupil.name, Fate.LEFT_OUT, (f"Refused: {said}",), pupil.queries), cell))


def _weigh_new(pupil: SheetPupil, sure: Sure, found: _Found) -> None:
    queries = [*pupil.queries]
    values = {"status": "N", **pupil.values}
    _without_needs(values, queries)
    steps = first_steps(values["status"], [step for step in pupil.steps if step[0] <= sure.today])
    found.changes.append(PupilChange(None, values, steps))
    found.outcomes.append(Outcome(pupil.rows, pupil.name, Fate.ADDED, _says_new(values, steps), tuple(queries)))


def _without_needs(values: dict[str, Any], queries: list[str]) -> None:
    """A pupil without SEN has no type of need: what the sheet still has of one is old."""
    dropped = (
        [values.pop(name) for name in ("need", "second_need") if values.get(name)] if values["status"] == "N" else []
    )
    if dropped:
        queries.append(f"A need is given ({', '.join(dropped)}) and no SEN: the need is not brought in")


def _says_new(values: Mapping[str, Any], steps: Sequence[Step]) -> tuple[str, ...]:
    first = [year_words(values["year_group"]), *(filter(None, [str(values.get("class_name", ""))]))]
    needs = [NEED_TYPES[values[name]].words for name in ("need", "second_need") if values.get(name)]
    yes = [LABELS[name] for name in ("pupil_premium", "fsm", "eal", "looked_after", "top_up") if values.get(name)]
    says = [", ".join(first), ", ".join([status_words(values["status"]), *needs])]
    says += [", ".join(yes)] if yes else []
    says += [f"SEN history: {_steps_words(steps)}"] if steps else []
    says += [f"{LABELS[name]} {_day(values[name])}" for name in ("joined", "left") if values.get(name)]
    return tuple(says + ([] if values.get("upn") else ["No UPN yet"]))


def _weigh_kept(pupil: SheetPupil, kept: KeptPupil, sure: Sure, found: _Found) -> None:
    queries = [*pupil.queries]
    if pupil.refused and pupil.refused.value:
        queries.append(
            f"{pupil.refused.column} “{pupil.refused.value[:60]}”: {pupil.refused.expected}; it stays as it is here"
        )
    wanted = {name: value for name, value in pupil.values.items() if not _same(name, kept.values.get(name), value)}
    status, dated = wanted.pop("status", None), [step for step in pupil.steps if step[0] <= sure.today]
    added = next_steps(kept.known, status, dated, sure.since)
    queries += [added.query[:1].upper() + added.query[1:]] if added.query else []
    says = []
    if added.status != kept.values["status"]:
        wanted["status"] = added.status
        says.append(f"SEN provision: {status_words(kept.values['status'])} becomes {status_words(added.status)}")
        found.dated = found.dated or (sure.since, added.status) in added.steps
    says += [f"SEN history: {_steps_words(added.steps)}"] if added.steps else []
    _mind(wanted, pupil, kept, added.status, queries)
    found.moved = found.moved or "year_group" in wanted
    says += [_becomes(name, kept.values.get(name), value) for name, value in wanted.items() if name in LABELS]
    fate = Fate.CHANGED if says else Fate.SAME
    found.outcomes.append(Outcome(pupil.rows, pupil.name or kept.name, fate, tuple(says), tuple(queries)))
    if says:
        found.changes.append(PupilChange(kept, wanted, added.steps))


def _mind(wanted: dict[str, Any], pupil: SheetPupil, kept: KeptPupil, status: str, queries: list[str]) -> None:
    """What a sheet may not simply change: the first day, a need without SEN, and a pupil who had left."""
    first, later = kept.values.get("joined"), wanted.get("joined")
    if first and later and later > first:
        queries.append(f"The file gives {_day(later)} as the first day; here it stays {_day(first)}")
        del wanted["joined"]
    if status == "N":
        given = [name for name in ("need", "second_need") if wanted.pop(name, None)]
        wanted |= {name: None for name in ("need", "second_need") if kept.values.get(name)}
        if given:
            queries.append("A need is given and no SEN: the need is not brought in")
        if wanted.get("top_up", kept.values.get("top_up")):
            queries.append("Top-up is recorded for a pupil without SEN: look at it")
    gone, back = kept.values.get("left"), pupil.values.get("left") is None
    if gone and back:
        wanted["left"] = None
        queries.append(f"Left on {_day(gone)} and is here again. The days between count as days at the school")
    first = wanted.get("joined", first)
    if wanted.get("left") and first and wanted["left"] < first:
        queries.append(f"The last day {_day(wanted['left'])} is before the first day here: it is not brought in")
        del wanted["left"]


def _same(name: str, old: Any, new: Any) -> bool:
    if name == "name":
        return name_key(str(old)) == name_key(str(new))
    if name in ("reference", "class_name"):
        return same_number(str(old or ""), str(new))
    return bool(old == new)


def _end(missing: Sequence[KeptPupil], sure: Sure, found: _Found) -> None:
    for each in missing:
        joined = each.values.get("joined")
        if joined and joined > sure.left_on:
            words = f"is not in the file, but joins on {_day(joined)}, after the day asked for: stays"
            found.outcomes.append(Outcome((), each.name, Fate.SAME, (words,)))
        else:
            found.changes.append(PupilChange(each, {"left": sure.left_on}))
            found.outcomes.append(Outcome((), each.name, Fate.ENDED, (f"Last day {_day(sure.left_on)}",)))


def _becomes(name: str, old: Any, new: Any) -> str:
    return f"{LABELS[name]}: {_shown(name, old)} becomes {_shown(name, new)}"


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "year_group":
        return year_words(value)
    if isinstance(value, dt.date):
        return _day(value)
    if name in ("need", "second_need") and value:
        return NEED_TYPES[value].words
    return str(value) if value else "nothing"


def _steps_words(steps: Sequence[Step]) -> str:
    return "; ".join(f"{status_words(status)} since {_day(day)}" for day, status in steps)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def status_words(code: str) -> str:
    """Such as SEN Support (K)."""
    return "No SEN" if code == "N" else f"{SenStatus(code).words} ({code})"


def year_of(day: dt.date) -> int:
    """The year in which the academic year of a day starts."""
    return day.year - (day.month < 9)


def year_range(start: int) -> str:
    """Such as 2026 to 2027."""
    return f"{start} to {start + 1}"


def year_words(year: int | None) -> str:
    """Such as Year 4, Reception or Nursery."""
    if year is None:
        return "nothing"
    return {0: "Reception", -1: "Nursery"}.get(year, f"Year {year}" if year > 0 else "Before nursery")


def kept_pupil(identity: int, values: Mapping[str, Any], steps: Sequence[Step]) -> KeptPupil:
    """A pupil of the register from the values of its row and its SEN history."""
    return KeptPupil(identity, values, Known(values["status"], tuple(sorted(steps)), values.get("joined")))


def answered(answers: Mapping[str, str], today: dt.date, september: int) -> Sure:
    """What a person has said on the page so far; today where a day was not asked yet."""
    since, left_on = (dt.date.fromisoformat(answers.get(name) or today.isoformat()) for name in ("since", "left_on"))
    said, usual = answers.get("groups_of", ""), year_of(today)
    return Sure(
        today, september, since, left_on, usual + (said == str(usual + 1)), answers.get("missing", ""), answers.get("refused", ""),
        year_said=bool(said),
    )  # fmt: skip

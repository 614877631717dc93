"""Coverage: who or what the map leaves out, and what on it nobody has looked at again."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.calendar import AcademicYear, day_words
from vfm.costing.costed import CostedIntervention
from vfm.costing.provision_map import CostedMap
from vfm.money import half_up, hours_and_minutes, pounds
from vfm.pupils.pupil import Pupil
from vfm.value.coverage import ended_without_review, without_outcome
from vfm.value.noticed import Noticed, Pattern
from vfm.value.section_f import Hours
from vfm.value.taken import Taken

FUNDED = Pattern(
    "funded", "coverage", "Top-up is received, and nothing is on the map",
    "At least one pupil for whom top-up is received takes part in nothing that is on the map",
    "Enter what each pupil with top-up is given, or find out why nothing is.",
)  # fmt: skip
SHORT = Pattern(
    "short", "coverage", "Fewer hours are planned than the plan’s Section F says",
    "For at least one pupil the map plans fewer hours than Section F of the EHC plan says",
    "Go through Section F of each plan line by line with the map. Enter what is missing here, plan what is not planned, and "
    "tell the authority in writing what cannot be given.",
    legal=True,
)  # fmt: skip
NOT_RUN = Pattern(
    "not-run", "coverage", "Enough hours were planned for Section F, and fewer will have run",
    "For at least one pupil sessions that did not run bring the hours below what Section F of the EHC plan says",
    "Agree with the family and the authority how hours of Section F that did not run are made up.",
    legal=True,
)  # fmt: skip
UNUSED = Pattern(
    "unused", "coverage", "On the list of programmes, and used by nobody this year",
    "At least one programme that the school has is used by nobody this year",
    "Decide for each unused programme whether to use it, lend it, or stop paying for it.",
)  # fmt: skip
NO_OUTCOME = Pattern(
    "no-outcome", "coverage", "No outcome is recorded for any pupil",
    "Of at least one intervention nothing is recorded for any pupil",
    "Record for each pupil whether the intended outcome was met, partly met or not, beginning with the dearest.",
    rule="no-outcome",
)  # fmt: skip
ENDED = Pattern(
    "ended", "coverage", "Ended, or due for review, without a review",
    "At least one intervention ended, or came to the day of its review, and no review is recorded",
    "Review what has ended: did it work, for whom, and should it come back?",
    rule="ended-unreviewed",
)  # fmt: skip
WAITING = Pattern(
    "waiting", "coverage", "Waiting for what the school has asked for",
    "At least one pupil is waiting for something that the school has asked for",
    "Ask for a date for each pupil who is waiting, the longest first, and write down what the school gives meanwhile.",
)  # fmt: skip
PATTERNS = (FUNDED, SHORT, NOT_RUN, WAITING, UNUSED, NO_OUTCOME, ENDED)


@dataclass(frozen=True, slots=True)
class Wait:
    """A pupil (by key) who waits for something since a day, and of whom it was asked."""

    pupil: str
    waits_for: str
    since: dt.date
    asked_of: str = ""


def left_out(pupils: Iterable[Pupil], costed: CostedMap) -> Iterator[Noticed]:
    """Pupils with top-up who are on no line of a map that names pupils; of who is erased nobody can find out why."""
    there = {member.pupil for each in costed.interventions for member in each.intervention.members}
    for pupil in pupils if there else ():
        out = pupil.id not in there and not pupil.erased
        if pupil.top_up and out and not _gone(pupil, costed.calendar.year):
            says = f"{pupil.status.words}. On no line of this year’s map."
            yield Noticed(FUNDED, (pupil.id,), ("nothing",), says, pupil.id)


def _gone(pupil: Pupil, year: AcademicYear) -> bool:
    return (pupil.left is not None and pupil.left < year.first_day) or (
        pupil.joined is not None and pupil.joined > year.last_day
    )


def below_section_f(hours: Iterable[Hours]) -> Iterator[Noticed]:
    """Where fewer hours are planned than Section F says; where enough are planned, whether fewer ran."""
    for each in hours:
        if each.asked is not None and each.run < each.asked:
            pattern = SHORT if each.planned < each.asked else NOT_RUN
            said = (("Section F", each.asked), ("planned", each.planned), ("run or still to run", each.run))
            says = "; ".join(f"{name}: {_hours(amount)}" for name, amount in said)
            facts = (str(each.asked), str(each.planned), str(each.run))
            yield Noticed(pattern, (each.pupil.id,), facts, f"In the year, {says}.", each.pupil.id)


def unused(programmes: Mapping[str, str], taken: Sequence[Taken], costed: CostedMap) -> Iterator[Noticed]:
    """Programmes (name by key) that no line of the map follows, each with the last year in which a pupil had it."""
    used = {each.intervention.programme for each in costed.interventions}
    used |= {each.called for each in taken if each.year == costed.calendar.year.start}
    for key, name in programmes.items():
        if name not in used:
            years = [each.year for each in taken if each.programme == key]
            last = f"Last used in {AcademicYear(max(years)).words}." if years else "Not used in any year entered here."
            facts = (str(max(years, default="")), str(costed.calendar.year.start))
            yield Noticed(UNUSED, (key,), facts, f"{name}. {last}", named=(name,))


def not_looked_at(costed: CostedMap, today: dt.date) -> Iterator[Noticed]:
    """Interventions with no outcome recorded for any pupil; those that ended, or were due, and were not reviewed."""
    for each in sorted(without_outcome(costed).interventions, key=lambda one: -one.total):
        yield _of_line(NO_OUTCOME, each, "")
    for each in ended_without_review(costed, today).interventions:
        it = each.intervention
        days = [day for day in (it.ends_on, it.review_on) if day is not None and day < today]
        yield _of_line(ENDED, each, f" Ended or due on {day_words(min(days))}.", str(min(days)))


def _of_line(pattern: Pattern, each: CostedIntervention, says: str, *facts: str) -> Noticed:
    it = each.intervention
    members = sorted(member.pupil for member in it.members)
    says = f"{it.name}: {pounds(half_up(each.total))} in the year.{says}"
    return Noticed(pattern, (it.id,), (it.name, *members, *facts), says, named=(it.name,), line=it.id)


def still_waiting(waits: Iterable[Wait], pupils: Mapping[str, Pupil], today: dt.date) -> Iterator[Noticed]:
    """Who waits, the longest first, as long as the pupil is at the school. Full weeks up to today."""
    for each in sorted(waits, key=lambda wait: wait.since):
        left = pupils[each.pupil].left
        if left is None or left >= today:
            asked = f", asked of {each.asked_of}" if each.asked_of else ""
            weeks = max(0, (today - each.since).days // 7)
            long = f"{weeks} {'week' if weeks == 1 else 'weeks'}"
            says = f"{each.waits_for}{asked}. Waiting since {day_words(each.since)}: {long}."
            yield Noticed(WAITING, (each.pupil, each.waits_for, str(each.since)), (each.asked_of,), says, each.pupil)


def _hours(hours: Fraction) -> str:
    return hours_and_minutes(hours * 60)

"""What the looks at the map notice in a case, and the findings that this makes: one for each pattern that is still open."""

from collections.abc import Callable, Iterable, Iterator

from vfm.pupils.pupil import SenStatus
from vfm.stages.stage import Case, Finding, Line, Series, Weight
from vfm.value.covered import PATTERNS as COVERAGE
from vfm.value.covered import below_section_f, left_out, not_looked_at, still_waiting, unused
from vfm.value.fair_questions import PATTERNS as FAIRNESS
from vfm.value.fair_questions import questions_in
from vfm.value.fairness import given_in
from vfm.value.noticed import Noticed, Pattern, still_open
from vfm.value.repeats import PATTERNS as REPEATS
from vfm.value.repeats import repeats_in
from vfm.value.section_f import Hours, hours_of
from vfm.value.withdrawal import PATTERNS as WITHDRAWAL
from vfm.value.withdrawal import withdrawal_in

Looking = Callable[[Case], tuple[Noticed, ...]]
SCREENS = {
    "repeats": "Repeats and coherence",
    "fairness": "Fairness: who is given what",
    "coverage": "Coverage: what the map leaves out",
    "withdrawal": "Withdrawal: what pupils miss",
}
SHOWN = 5


def repeats(case: Case) -> tuple[Noticed, ...]:
    """What the year's map repeats of earlier years, pupil by pupil."""
    return repeats_in(case.taken, case.year.start)


def fairness(case: Case) -> tuple[Noticed, ...]:
    """What to ask about who is given what, on the rates that the case was made with."""
    return questions_in(given_in(case.map, case.pupils), _on_a_line(case))


def _on_a_line(case: Case) -> set[str]:
    return {member.pupil for each in case.map.interventions for member in each.intervention.members}


def section_f(case: Case) -> tuple[Hours, ...]:
    """The hours of every pupil with a plan, or of whom hours are entered."""
    return tuple(
        hours_of(pupil, case.section_f.get(key), case.map)
        for key, pupil in case.pupils.items()
        if pupil.status is SenStatus.EHC_PLAN or key in case.section_f
    )


def hours_to_look_at(case: Case) -> tuple[Hours, ...]:
    """The same without who is erased and on no line of the year: for them nobody can enter or plan anything any more."""
    there = _on_a_line(case)
    return tuple(each for each in section_f(case) if each.pupil.id in there or not each.pupil.erased)


def coverage(case: Case) -> tuple[Noticed, ...]:
    """Who and what the map leaves out, and what on it nobody has looked at again."""
    pupils = case.pupils.values()
    return (
        *left_out(pupils, case.map), *below_section_f(hours_to_look_at(case)), *unused(case.programmes, case.taken, case.map),
        *still_waiting(case.waiting, case.pupils, case.today), *not_looked_at(case.map, case.today),
    )  # fmt: skip


def withdrawal(case: Case) -> tuple[Noticed, ...]:
    """What pupils miss for their sessions."""
    return withdrawal_in(case.map, {key: pupil.year for key, pupil in case.pupils.items()}, case.week)


LOOKS: dict[str, Looking] = {
    "repeats": repeats,
    "fairness": fairness,
    "coverage": coverage,
    "withdrawal": withdrawal,
}
PATTERNS: dict[str, tuple[Pattern, ...]] = {
    "repeats": REPEATS,
    "fairness": FAIRNESS,
    "coverage": COVERAGE,
    "withdrawal": WITHDRAWAL,
}


def open_lines(case: Case, pattern: Pattern) -> frozenset[str]:
    """The keys of the interventions that nobody has looked at again, as far as a pattern of this is still open."""
    every = still_open(not_looked_at(case.map, case.today), case.set_aside)
    return frozenset(each.line for each in every if each.pattern == pattern)


def open_patterns(stage: str, look: str) -> Series:
    """A finding of the stage for each pattern of a look of which something is open, unless a stage has its own rule."""

    def found(case: Case) -> Iterator[Finding]:
        every = still_open(LOOKS[look](case), case.set_aside)
        for pattern in PATTERNS[look]:
            if pattern.rule:
                continue
            of_it = [each for each in every if each.pattern == pattern]
            if of_it:
                yield _finding(case, stage, pattern, of_it)

    return found


def _finding(case: Case, stage: str, pattern: Pattern, found: list[Noticed]) -> Finding:
    return Finding(
        rule=pattern.finding,
        stage=stage,
        title=pattern.title,
        says=_says(pattern, found),
        action=pattern.action,
        owner=pattern.owner,
        weight=Weight.LEGAL if pattern.legal else Weight.OTHER,
        lines=(Line(SCREENS[pattern.look], pattern.look), *_pupils(case, found)),
    )


def _says(pattern: Pattern, found: Iterable[Noticed]) -> str:
    """Which programmes or interventions it is about; how many pupils there are stays at school."""
    names = list(dict.fromkeys(name for each in found for name in each.named))
    more = f", and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{pattern.plan}{': ' if names else ''}{', '.join(names[:SHOWN])}{more}."


def _pupils(case: Case, found: Iterable[Noticed]) -> Iterator[Line]:
    for key in dict.fromkeys(each.pupil for each in found if each.pupil):
        yield Line(case.pupils[key].name, f"pupil:{key}", private=True)

"""Repeats and coherence: a pupil on the same programme year after year, on two for one thing, or begun again and again."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from vfm.costing.calendar import AcademicYear
from vfm.value.noticed import Evidence, Noticed, Pattern
from vfm.value.taken import RESULT_WORDS, Taken, by_pupil

MANY_YEARS = 3
ONE_BLOCK = dt.timedelta(days=28)
"""Ours: a pause of four weeks, which a holiday may fill, does not end a block."""

THIRD_YEAR = Pattern(
    "third-year", "repeats", "The same programme for a third year or longer",
    "At least one pupil is on a programme for a third year or longer",
    "Review each pupil who is on the same programme for a third year: continue only with a reason, or try something else.",
)  # fmt: skip
NO_GAIN = Pattern(
    "no-gain", "repeats", "The same programme for two years, and no gain is recorded",
    "At least one pupil is on a programme for a second year, and no gain is recorded for either",
    "For each pupil who repeats a programme without a recorded gain, find out what was learned, and decide whether to go on.",
)  # fmt: skip
SIMILAR = Pattern(
    "similar", "repeats", "A similar programme after a repeat",
    "At least one pupil went from a repeated programme to another of the same type for the same need",
    "Ask what will be different this time: look at the need again before more of the same type of support.",
)  # fmt: skip
AT_ONCE = Pattern(
    "at-once", "repeats", "Two programmes for one thing at the same time",
    "At least one pupil is taught one thing by two programmes at the same time",
    "Choose one programme for each pupil who has two of the same type at once, or write down how the two fit together.",
)  # fmt: skip
GAP = Pattern(
    "gap", "repeats", "Begun again after a gap of a year",
    "At least one pupil has begun a programme again after a year without it",
    "Find out what was kept from the first time before a programme is begun again, and where to start.",
)  # fmt: skip
NEW_ADULT = Pattern(
    "new-adult", "repeats", "Another adult within a block",
    "In at least one programme the adult changed within a block",
    "Hand over in writing when the adult of a programme changes, and keep one adult for a block where it can be done.",
)  # fmt: skip
PATTERNS = (THIRD_YEAR, NO_GAIN, SIMILAR, AT_ONCE, GAP, NEW_ADULT)
HEADINGS = ("Year", "On the map as", "Outcome at the time", "Reviewed")


def repeats_in(taken: Iterable[Taken], year: int, entered: Iterable[int] | None = None) -> tuple[Noticed, ...]:
    """What a year's map repeats, seen from that year: later years are not looked at. In the order of the patterns.

    `entered`: the years in which the school has entered who takes part, where `taken` is not of everybody.
    """
    known = [each for each in taken if each.year <= year]
    entered = sorted({each.year for each in known} if entered is None else set(entered))
    found = [each for one in by_pupil(known).values() for each in _of_pupil(one, year, entered)]
    return tuple(sorted(found, key=lambda each: PATTERNS.index(each.pattern)))


def _of_pupil(taken: Sequence[Taken], year: int, entered: Sequence[int]) -> Iterator[Noticed]:
    programmes: dict[str, list[Taken]] = {}
    for each in taken:
        programmes.setdefault(each.programme, []).append(each)
    for one in programmes.values():
        if one[-1].year == year:
            yield from _of_programme(one, year, entered)
    yield from _similar(programmes, year)
    now = [each for each in taken if each.year == year]
    pairs = [(one, other) for one, other in combinations(now, 2) if one.like(other) and one.overlaps(other)]
    for pair in {frozenset((one.programme, other.programme)): (one, other) for one, other in reversed(pairs)}.values():
        yield _noticed(AT_ONCE, pair, "Both run at the same time.")


def _of_programme(one: Sequence[Taken], year: int, entered: Sequence[int]) -> Iterator[Noticed]:
    years = sorted({each.year for each in one})
    if len(years) >= MANY_YEARS:
        yield _noticed(THIRD_YEAR, one, f"In {len(years)} academic years.")
    elif repeated(one):
        yield _noticed(NO_GAIN, one, "In two academic years. No gain is recorded for either.")
    missed = [each for each in entered if len(years) > 1 and years[-2] < each < year]
    if missed:
        yield _noticed(GAP, one, f"Not in {', '.join(AcademicYear(each).words for each in missed)}.")
    now = [each for each in one if each.year == year]
    for before, after in pairwise(now):
        if _handed_over(before, after):
            adults = tuple(f"{line.line} {who}" for line in (before, after) for who in sorted(line.adults))
            yield _noticed(NEW_ADULT, (before, after), "The adult is another one than before.", adults)
            return


def repeated(one: Sequence[Taken]) -> bool:
    """Whether it is a repeat: three years or more, or two in which no gain is recorded."""
    years = len({each.year for each in one})
    return years >= MANY_YEARS or (years > 1 and not any(each.gained for each in one))


def _handed_over(before: Taken, after: Taken) -> bool:
    there = before.adults and after.adults and not before.adults & after.adults
    return bool(there) and dt.timedelta(0) < after.first - before.last <= ONE_BLOCK


def _similar(programmes: dict[str, list[Taken]], year: int) -> Iterator[Noticed]:
    for new in programmes.values():
        if new[-1].year != year:
            continue
        for old in programmes.values():
            if old[-1].like(new[-1]) and old[-1].last < new[0].first and repeated(old):
                yield _noticed(SIMILAR, (*old, *new), f"{new[-1].called} came after {old[-1].called}.")


def _noticed(pattern: Pattern, taken: Sequence[Taken], says: str, more: tuple[str, ...] = ()) -> Noticed:
    programmes = dict.fromkeys(each.programme for each in taken)
    named = tuple(dict.fromkeys(each.called for each in taken))
    pupil = taken[0].pupil
    facts = (*(f"{each.year} {each.programme} {each.line} {each.result}" for each in taken), *more)
    rows = tuple(_row(each) for each in taken)
    return Noticed(pattern, (pupil, *programmes), facts, f"{' and '.join(named)}. {says}", pupil, named, rows)


def _row(each: Taken) -> Evidence:
    reviewed = f"{each.decision}: {each.because}" if each.decision and each.because else each.decision
    cells = (AcademicYear(each.year).words, each.name, RESULT_WORDS[each.result], reviewed or "No review recorded")
    return Evidence(cells, each.year, each.line)

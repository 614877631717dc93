"""What the look at fairness asks about: pupils on the register with nothing, off it with much, groups that differ."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from vfm.money import add_up, half_up, pounds
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.value.fairness import EAL, LOOKED_AFTER, PREMIUM, SEX, Given, of_status, spread
from vfm.value.noticed import Noticed, Pattern

LARGE = 10
"""Ours: groups under ten may differ by one child's provision, and are not asked about."""
APART_BY = Fraction(3, 2)
"""Ours: a group is given at least half as much again for each pupil."""
ENOUGH = 5

NOTHING = Pattern(
    "nothing", "fairness", "With SEN, and nothing on the map",
    "At least one pupil with SEN and no top-up takes part in nothing that is on the map",
    "Find out for each pupil with SEN who is on no line of the map whether support is given and not entered, or not given.",
)  # fmt: skip
MUCH = Pattern(
    "much", "fairness", "Without SEN, and more than the middle pupil on SEN Support",
    "At least one pupil who is not recorded as having SEN is given more than the middle pupil on SEN Support",
    "Ask whether each pupil without SEN who is given much additional support should be on SEN Support, or has another need.",
)  # fmt: skip
APART = Pattern(
    "apart", "fairness", "A difference between groups to explain",
    "Among pupils with SEN, one group is given at least half as much again for each pupil as another. A difference is a "
    "question to explain, not unfairness",
    "Explain the difference between the groups in a sentence or two: need, choice, habit, or who asks.",
)  # fmt: skip
PATTERNS = (NOTHING, MUCH, APART)
PAIRS: dict[str, Callable[[Pupil], str]] = {
    "Sex": lambda pupil: SEX.get(pupil.sex, ""),
    "Pupil premium": PREMIUM,
    "Language": EAL,
    "Looked after": LOOKED_AFTER,
}


def questions_in(given: Sequence[Given], takes_part: Iterable[str]) -> tuple[Noticed, ...]:
    """What to ask. `takes_part`: the keys of pupils who are on any line of the map, whatever it costs.

    A map that names nobody yet is unfinished and says nothing of anybody. Of who is erased nobody can find out more.
    """
    there = set(takes_part)
    return (*_nothing(given, there), *_much(given), *_apart([each for each in given if each.pupil.has_sen]))


def _nothing(given: Iterable[Given], there: set[str]) -> Iterator[Noticed]:
    for each in given if there else ():
        pupil = each.pupil
        if pupil.has_sen and not pupil.top_up and pupil.id not in there and not pupil.erased:
            says = f"{pupil.status.words}. On no line of this year’s map."
            yield Noticed(NOTHING, (pupil.id,), (pupil.status.code,), says, pupil.id)


def _much(given: Sequence[Given]) -> Iterator[Noticed]:
    supported = of_status(given, SenStatus.SEN_SUPPORT)
    if len(supported) < ENOUGH:
        return
    middle = spread(each.pence for each in supported).median
    for each in of_status(given, SenStatus.NONE):
        if each.pence > middle:
            says = (
                f"No SEN recorded. {_money(each.pence)} in the year; the middle pupil on SEN Support: {_money(middle)}."
            )
            yield Noticed(MUCH, (each.pupil.id,), ("more",), says, each.pupil.id)


def _apart(given: Sequence[Given]) -> Iterator[Noticed]:
    for name, of in PAIRS.items():
        groups: dict[str, list[Fraction]] = {}
        for each in given:
            groups.setdefault(of(each.pupil), []).append(each.pence)
        large = {group: add_up(its) / len(its) for group, its in groups.items() if group and len(its) >= LARGE}
        (low, less), *_, (high, more) = sorted(large.items(), key=lambda one: one[1]) if len(large) > 1 else _NO_PAIR
        if more and more >= less * APART_BY:
            says = f"{high}: {_money(more)} for each pupil with SEN. {low}: {_money(less)}."
            yield Noticed(APART, (name,), (high, low), says, named=(name,))


_NO_PAIR = [("", Fraction(0)), ("", Fraction(0))]


def _money(pence: Fraction) -> str:
    return pounds(half_up(pence))

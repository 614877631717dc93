"""On whom the cost of a group falls: its pupils by their days in it, and what is for pupils with SEN (costing §4, §5).

Each pupil's share goes by the pupil's status on the day; what falls on nobody goes as the rest, else by tier.
"""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from vfm.costing.calendar import Calendar
from vfm.costing.delivery import Run
from vfm.costing.intervention import Intervention, InterventionError, Tier
from vfm.costing.sharing import Basis, Split, by_place, shared, stated, whole
from vfm.money import Ratio
from vfm.pupils.pupil import Pupil, SenStatus

NOBODY = Split({}, 0, 0)


def days_in_it(calendar: Calendar, run: Run, joined: dt.date | None, left: dt.date | None) -> tuple[int, int]:
    """The day numbers from joining to leaving; empty (the first after the last) for days of another year."""
    year = calendar.year
    if (joined and joined > year.last_day) or (left and left < year.first_day):
        return 1, 0
    return calendar.place(joined) if joined else run.first, calendar.place(left) if left else run.last


def own_counts(it: Intervention, calendar: Calendar, run: Run) -> dict[str, int]:
    """Each pupil's counts from joining to leaving, in list order."""
    counts, places = {}, calendar.places
    for member in it.members:
        joined, left = member.joined, member.left
        first = run.first if joined is None else places.get(joined, -1)
        last = run.last if left is None else places.get(left, -1)
        if first < 0 or last < 0:
            first, last = days_in_it(calendar, run, joined, left)
        counts[member.pupil] = run.count(first, last)
    return counts


def split_of(it: Intervention, run: Run, own: Mapping[str, int]) -> Split:
    """How the cost falls on the pupils by the basis; without named pupils: not attributed."""
    if it.basis is Basis.BY_PLACE and (own or not it.group_size):
        return by_place(own, run.all, it.places or 0)
    if not own:
        return NOBODY
    if it.basis is Basis.WHOLE and it.whole_to is not None:
        return whole(own, it.whole_to)
    if it.basis is Basis.STATED:
        return stated({member.pupil: member.percent or 0 for member in it.members})
    return shared(own)


def whose(
    it: Intervention, split: Split, own: Mapping[str, int], pupils: Mapping[str, Pupil], run: Run, calendar: Calendar
) -> tuple[Ratio, Ratio]:
    """The parts of the total that are additional, for pupils with SEN and for pupils with other needs."""
    sen: int | Fraction = 0
    for key, weight in split.weights.items():
        pupil = pupils.get(key)
        if pupil is None:
            raise InterventionError(f"{it.name}: a pupil in it is not on the register")
        if pupil.history:
            sen += weight * _with_sen(it, pupil, own[key], run, calendar)
        elif pupil.status is not SenStatus.NONE:
            sen += weight
    counts, hundred = it.counts_ratio
    carried = split.carried
    if not carried:
        return _unattributed(it, (counts, hundred))
    above, below = sen.as_integer_ratio()
    return (counts * above, hundred * below * carried), (
        counts * (carried * below - above),
        hundred * below * carried,
    )


def _with_sen(it: Intervention, pupil: Pupil, own: int, run: Run, calendar: Calendar) -> Fraction:
    """The part of a pupil's own counts (0 to 1) that falls on days on which the pupil had SEN."""
    member = next(each for each in it.members if each.pupil == pupil.id)
    first, last = days_in_it(calendar, run, member.joined, member.left)
    edges = [first, *(calendar.place(day) for day, _ in pupil.history if first < calendar.place(day) <= last), last + 1]
    day = calendar.year.first_day
    counted = sum(
        run.count(a, b - 1) for a, b in pairwise(edges) if pupil.status_on(day + dt.timedelta(days=a)).has_sen
    )
    return Fraction(counted, own) if own else Fraction(pupil.has_sen)


def _unattributed(it: Intervention, counts: Ratio) -> tuple[Ratio, Ratio]:
    """Cost that falls on nobody who is named: by the SEN count of the group if given, else by tier (costing §4)."""
    above, below = counts
    if it.group_size and it.group_with_sen is not None:
        size, sen = it.group_size, it.group_with_sen
        return (above * sen, below * size), (above * (size - sen), below * size)
    return (0, 1) if it.tier is Tier.UNIVERSAL else counts, (0, 1)

"""The figures of a costed sheet in whole pence, each list shared out once so that it adds up to its total (costing §1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.sheet_cost import CostedSheet, GroupCost
from vfm.money import apportion_over, half_up


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """One intervention: money in pence, hours in hundredths. The shares, and staff + other, add up to its total.

    Per pupil and per pupil-hour are divided from the exact total and rounded on their own; None: nothing to divide by.
    """

    name: str
    contact_hours: int
    staff_cost: int
    other_cost: int
    total: int
    additional: int
    cost_per_pupil: int | None
    cost_per_pupil_hour: int | None
    shares: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """The whole map in pence. Interventions, pupils with what is not attributed, and each breakdown add up to the total."""

    groups: Sequence[PrintedGroup]
    pupils: Mapping[str, int]
    not_attributed: int
    by: Mapping[str, Mapping[str, int]]
    total: int
    additional: int


def print_sheet(costed: CostedSheet) -> PrintedSheet:
    """Every printed figure of a costed sheet."""
    over = costed.over
    totals = apportion_over([group.total for group in costed.groups], over)
    additional = apportion_over([group.additional for group in costed.groups], over)
    *pupils, not_attributed = apportion_over([*costed.pupils.values(), costed.not_attributed], over)
    return PrintedSheet(
        groups=[
            _print_group(group, total, part, over)
            for group, total, part in zip(costed.groups, totals, additional, strict=True)
        ],
        pupils=dict(zip(costed.pupils, pupils, strict=True)),
        not_attributed=not_attributed,
        by={column: _print_list(parts, over, sum(totals)) for column, parts in costed.by.items()},
        total=sum(totals),
        additional=sum(additional),
    )


def _print_list(parts: Mapping[str, int], over: int, total: int) -> dict[str, int]:
    return dict(zip(parts, apportion_over(list(parts.values()), over, total), strict=True))


def _print_group(group: GroupCost, total: int, additional: int, over: int) -> PrintedGroup:
    staff, other = apportion_over([group.staff, group.other], over, total)
    pupil_hours = group.contact_hours * (group.pupils or 0)
    return PrintedGroup(
        name=group.name,
        contact_hours=half_up(group.contact_hours * 100),
        staff_cost=staff,
        other_cost=other,
        total=total,
        additional=additional,
        cost_per_pupil=half_up(Fraction(group.total, over * group.pupils)) if group.pupils else None,
        cost_per_pupil_hour=half_up(Fraction(group.total, over) / pupil_hours) if pupil_hours else None,
        shares=_print_list(group.shares, over, total) if group.shares else {},
    )

"""What the map in a spreadsheet costs (costing §9): every figure a whole number over one denominator, and so exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from vfm.costing.intervention import Tier
from vfm.costing.sheet import Sheet
from vfm.costing.sheet_cells import Group, Line
from vfm.costing.sheet_columns import LABELS, Exact

NOT_STATED = "not stated"
WEEKS = 38


class LineCost(NamedTuple):
    """What one row costs (exact pence), the percentage that is additional, and its label in each breakdown."""

    staff: Exact
    other: Exact
    percent: Exact
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupCost:
    """One intervention's cost. Money: pence × the sheet's denominator. `pupils` None: neither names nor a size."""

    name: str
    contact_hours: Fraction
    staff: int
    other: int
    additional: int
    shares: Mapping[str, int]
    pupils: int | None

    @property
    def total(self) -> int:
        """Staff cost + other cost (pence × the sheet's denominator)."""
        return self.staff + self.other


@dataclass(frozen=True, slots=True)
class CostedSheet:
    """A map's cost. Every amount is pence × `over`; `pupils` and `by` are in order of first appearance.

    The pupils + not attributed = total = each breakdown's sum.
    """

    over: int
    groups: Sequence[GroupCost]
    pupils: Mapping[str, int]
    not_attributed: int
    by: Mapping[str, Mapping[str, int]]
    total: int
    additional: int


def cost_sheet(sheet: Sheet, weeks: Exact = WEEKS) -> CostedSheet:
    """What the map costs; `weeks` (above 0) is what the price of one weekly hour is over."""
    first = {group.name: _first_labels(group) for group in sheet.groups}
    costs = {line.row: _line_cost(line, weeks, first[line.name]) for line in sheet.lines}
    over = _denominator(list(costs.values()), sheet.groups)
    groups = [_group_cost(group, [costs[line.row] for line in group.lines], over) for group in sheet.groups]
    return CostedSheet(
        over=over,
        groups=groups,
        pupils=_by_pupil(sheet, groups),
        not_attributed=sum(group.total for group in groups if not group.shares),
        by=_breakdowns(list(costs.values()), over),
        total=sum(group.total for group in groups),
        additional=sum(group.additional for group in groups),
    )


def _first_labels(group: Group) -> tuple[str, ...]:
    """The intervention's first tier, area of need and funding, for rows that have none of their own."""
    return tuple(
        next((line.texts[column] for line in group.lines if column in line.texts), NOT_STATED) for column in LABELS
    )


def _line_cost(line: Line, weeks: Exact, first: tuple[str, ...]) -> LineCost:
    labels = tuple(map(line.texts.get, LABELS, first))
    return LineCost(_staff_cost(line, weeks), line.numbers.get("other_cost", 0), _percent(line, labels[0]), labels)


def _staff_cost(line: Line, weeks: Exact) -> Exact:
    """Number × (minutes + preparation) ÷ 60 × sessions × rate, in pence."""
    if not line.paid:
        return 0
    numbers = line.numbers
    minutes = numbers["minutes"] + numbers.get("prep_minutes", 0)
    work = numbers.get("number", 1) * minutes * line.sessions
    if "hourly_rate" in numbers:
        return _divided(work * numbers["hourly_rate"], 60)
    return _divided(work * numbers["weekly_hour_price"], 60 * weeks)


def _divided(amount: Exact, by: Exact) -> Fraction:
    """In one step: a Fraction that is divided by another is made three times."""
    return Fraction(amount.numerator * by.denominator, amount.denominator * by.numerator)


def _percent(line: Line, tier: str) -> Exact:
    """How much of it counts as additional, 0 to 100."""
    return line.numbers.get("counts_percent", 0 if tier.lower() == Tier.UNIVERSAL else 100)


def _denominator(costs: Sequence[LineCost], groups: Sequence[Group]) -> int:
    """One over which every row, its additional part and every pupil's share of it are whole numbers of pence."""
    rows = {cost.staff.denominator for cost in costs} | {cost.other.denominator for cost in costs}
    percents = {cost.percent.denominator for cost in costs}
    sharing = {len(group.pupils) for group in groups if group.pupils and not group.carrier}
    return lcm(*rows) * 100 * lcm(*percents) * lcm(*sharing)


def _over(amount: Exact, over: int) -> int:
    return amount.numerator * (over // amount.denominator)


def _group_cost(group: Group, costs: Sequence[LineCost], over: int) -> GroupCost:
    staff = [_over(cost.staff, over) for cost in costs]
    other = [_over(cost.other, over) for cost in costs]
    additional = sum(
        (paid + bought) * cost.percent.numerator // (100 * cost.percent.denominator)
        for paid, bought, cost in zip(staff, other, costs, strict=True)
    )
    shares = _shares(group, sum(staff) + sum(other))
    return GroupCost(group.name, group.contact_hours, sum(staff), sum(other), additional, shares, group.size)


def _shares(group: Group, total: int) -> dict[str, int]:
    """In equal parts to those who are named, or all to the one who carries it."""
    if group.carrier:
        return {pupil: total if pupil == group.carrier else 0 for pupil in group.pupils}
    return dict.fromkeys(group.pupils, total // len(group.pupils)) if group.pupils else {}


def _by_pupil(sheet: Sheet, groups: Sequence[GroupCost]) -> dict[str, int]:
    unnamed = {group.name for group in sheet.groups if group.carrier and not group.named}
    seen = (
        (line.texts["whole_cost_to"],) if line.name in unnamed and "whole_cost_to" in line.texts else line.pupils
        for line in sheet.lines
    )
    pupils = {pupil: 0 for names in seen for pupil in names}
    for group in groups:
        for pupil, share in group.shares.items():
            pupils[pupil] += share
    return pupils


def _breakdowns(costs: Sequence[LineCost], over: int) -> dict[str, dict[str, int]]:
    by: dict[str, dict[str, int]] = {column: {} for column in LABELS}
    for cost in costs:
        amount = _over(cost.staff, over) + _over(cost.other, over)
        for column, label in zip(LABELS, cost.labels, strict=True):
            by[column][label] = by[column].get(label, 0) + amount
    return by

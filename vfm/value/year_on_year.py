"""Why this year's staff cost is another than last year's: dearer hours, more hours, or other people's hours.

Price, volume and mix add up to the whole difference, to the last fraction of a penny (costing page, section 7).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.costed import CostedIntervention
from vfm.money import add_up

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of one role in a year, and what they cost (exact pence)."""

    hours: Fraction
    pence: Fraction

    @property
    def rate(self) -> Fraction | None:
        """Pence an hour; None without hours."""
        return self.pence / self.hours if self.hours else None


@dataclass(frozen=True, slots=True)
class Moved:
    """What a cost moved by (exact pence): price + volume + mix."""

    before: Fraction
    after: Fraction
    price: Fraction
    volume: Fraction
    mix: Fraction

    @property
    def total(self) -> Fraction:
        return self.after - self.before


def moved(before: Mapping[str, Hours], after: Mapping[str, Hours]) -> Moved | None:
    """Why the cost of roles (by name) differs between two years. None where last year has no hours to compare with.

    Price: this year's hours × the change of each role's rate, for roles with hours in both years. Volume: the change in total
    hours × last year's mean rate. Mix: the rest, such as hours that went from one role to a dearer one.
    """
    then, now = _total(before.values()), _total(after.values())
    if then.rate is None:
        return None
    price = add_up(_price(its, before.get(role)) for role, its in after.items())
    volume = (now.hours - then.hours) * then.rate
    return Moved(then.pence, now.pence, price, volume, now.pence - then.pence - price - volume)


def _price(now: Hours, then: Hours | None) -> Fraction:
    if then is None or then.rate is None or now.rate is None:
        return NOTHING
    return now.hours * (now.rate - then.rate)


def _total(every: Iterable[Hours]) -> Hours:
    its = tuple(every)
    return Hours(add_up(each.hours for each in its), add_up(each.pence for each in its))


def hours_by_role(interventions: Iterable[CostedIntervention]) -> dict[str, Hours]:
    """Paid hours and their cost of every role on a map, preparation included."""
    found: dict[str, Hours] = {}
    for each in interventions:
        for line in each.staff_lines:
            if line.staff.paid and not line.rate_missing:
                one = Hours(line.hours, Fraction(*line.ratio))
                found[line.label] = _total([found.get(line.label, Hours(NOTHING, NOTHING)), one])
    return found


def break_even(effect: Fraction, cheaper: Fraction, dearer: Fraction) -> Fraction | None:
    """The effect that the dearer choice needs to be worth as much as the cheaper: its effect × dearer cost ÷ cheaper cost.

    In the unit of the effect; None where the cheaper costs nothing, since then no effect would be enough.
    """
    return effect * dearer / cheaper if cheaper > 0 else None

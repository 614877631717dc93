"""What one intervention costs (costing §4): its staff, its other costs, whose it is, and how it falls on its pupils.

All amounts are exact pence, all times exact hours; rounding is for whoever prints, with the printed_… functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.calendar import AcademicYear
from vfm.costing.intervention import Intervention, InterventionError, Staff, Tier
from vfm.costing.other_cost import CostKind
from vfm.costing.rates import Rate, RateBook, typed_rate
from vfm.costing.sharing import Basis, Shares, by_place, shared, stated, whole
from vfm.money import add_up, apportion
from vfm.pupils.pupil import Pupil

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """The cost of one staff row: number × (contact + preparation hours) × rate.

    `rate` is None for volunteers, other pupils and agencies paid by invoice, and where `rate_missing`: then it costs
    nothing yet. `preparation_inside`: preparation was shown and costed nil, since the rate holds it already.
    """

    staff: Staff
    hours: Fraction
    rate: Rate | None
    cost: Fraction
    rate_missing: bool = False
    preparation_inside: bool = False

    @property
    def substitute(self) -> bool:
        """Costed at the authority's rate or a pay point, because the actual rate would give somebody's pay away."""
        return self.rate is not None and self.rate.substitute

    @property
    def label(self) -> str:
        """The role, or the kind of giver where no role is named."""
        return self.staff.role or self.staff.kind.words


@dataclass(frozen=True, slots=True)
class OtherLine:
    """The part of one other cost that counts in this year."""

    kind: CostKind
    name: str
    cost: Fraction


@dataclass(frozen=True, slots=True)
class CostedIntervention:
    """One intervention with its cost. for_sen + for_other_needs + universal = total = shares.total.

    `additional` is the part that counts as additional; it differs from for_sen + for_other_needs only where a universal
    intervention without named pupils has a share that counts.
    """

    intervention: Intervention
    contact_hours: Fraction
    staff_lines: tuple[StaffLine, ...]
    other_lines: tuple[OtherLine, ...]
    staff: Fraction
    other: Fraction
    total: Fraction
    additional: Fraction
    for_sen: Fraction
    for_other_needs: Fraction
    universal: Fraction
    shares: Shares

    @property
    def name(self) -> str:
        return self.intervention.name

    @property
    def substitute(self) -> bool:
        """Marked: some of its staff are costed at a substitute rate."""
        return any(line.substitute for line in self.staff_lines)

    @property
    def estimated(self) -> bool:
        """Whether anything that went into it is marked estimated."""
        return self.intervention.estimated or any(line.rate and line.rate.estimated for line in self.staff_lines)

    @property
    def rate_missing(self) -> tuple[str, ...]:
        """Roles that have no rate, so that their time is not in the total."""
        return tuple(line.staff.role for line in self.staff_lines if line.rate_missing)

    @property
    def pupil_hours(self) -> Fraction:
        """Σ hours of the sessions run for the pupils in the group; contact hours × size where they are not named."""
        it = self.intervention
        if not it.members:
            return self.contact_hours * (it.group_size or 0)
        if not it.delivery:
            return NOTHING
        return Fraction(it.minutes) / 60 * add_up(it.own_sessions().values())

    @property
    def cost_per_pupil(self) -> Fraction | None:
        """Total ÷ everyone in it; None where nobody is named and no size is given."""
        return self.total / self.intervention.pupils if self.intervention.pupils else None

    @property
    def cost_per_hour(self) -> Fraction | None:
        """Total ÷ contact hours; None where it has none."""
        return self.total / self.contact_hours if self.contact_hours else None

    @property
    def cost_per_pupil_hour(self) -> Fraction | None:
        """Total ÷ pupil hours; None where there are none."""
        return self.total / self.pupil_hours if self.pupil_hours else None

    def staff_without_leadership(self, rates: RateBook) -> Fraction:
        """What its staff cost for whoever may not see private rates (pence)."""
        return add_up(_staff_line(self.intervention, staff, rates, False).cost for staff in self.intervention.staff)

    def printed_staff_and_other(self) -> tuple[int, int]:
        """Staff and other cost in whole pence, adding up to the printed total."""
        staff, other = apportion([self.staff, self.other])
        return staff, other

    def printed_shares(self) -> list[int]:
        """Whole pence: each pupil in list order, then not attributed, then unfilled; they add up to the total."""
        return apportion([*self.shares.by_pupil.values(), self.shares.not_attributed, self.shares.unfilled])


def cost_intervention(
    it: Intervention,
    rates: RateBook,
    pupils: Mapping[str, Pupil],
    *,
    leadership: bool = False,
    year: AcademicYear | None = None,
) -> CostedIntervention:
    """The cost of one intervention; without a year, dated costs count a whole year's charge."""
    lines = tuple(_staff_line(it, staff, rates, leadership) for staff in it.staff)
    others = tuple(OtherLine(cost.kind, cost.name, cost.counted(year)) for cost in it.other_costs)
    staff, other = add_up(line.cost for line in lines), add_up(line.cost for line in others)
    shares = share(it, staff + other)
    sen, needs = _counted(it, shares, pupils)
    return CostedIntervention(
        intervention=it,
        contact_hours=it.contact_hours,
        staff_lines=lines,
        other_lines=others,
        staff=staff,
        other=other,
        total=staff + other,
        additional=(staff + other) * it.counts,
        for_sen=sen,
        for_other_needs=needs,
        universal=staff + other - sen - needs,
        shares=shares,
    )


def share(it: Intervention, total: Fraction) -> Shares:
    """A total (pence) as it falls on the intervention's pupils by its basis; without named pupils: not attributed."""
    own = it.own_sessions()
    if it.basis is Basis.BY_PLACE:
        return by_place(total, own, it.sessions if it.delivery else Fraction(1), it.places or 0)
    if not own:
        return Shares(not_attributed=total)
    if it.basis is Basis.WHOLE and it.whole_to is not None:
        return whole(total, own, it.whole_to)
    if it.basis is Basis.STATED:
        return stated(total, {member.pupil: Fraction(member.percent or 0) for member in it.members})
    return shared(total, own)


def _staff_line(it: Intervention, staff: Staff, rates: RateBook, leadership: bool) -> StaffLine:
    number, preparation = Fraction(staff.number), it.preparation_hours(staff)
    hours = number * (it.contact_hours + preparation)
    if not staff.paid:
        return StaffLine(staff, hours, None, NOTHING)
    rate = typed_rate(staff.role, staff.rate) if staff.rate else rates.rate_for(staff.role, leadership)
    if rate is None:
        return StaffLine(staff, hours, None, NOTHING, rate_missing=True)
    inside = rate.covers_preparation and preparation > 0
    costed = number * it.contact_hours if inside else hours
    return StaffLine(staff, hours, rate, costed * rate.per_hour, preparation_inside=inside)


def _counted(it: Intervention, shares: Shares, pupils: Mapping[str, Pupil]) -> tuple[Fraction, Fraction]:
    """What counts as additional, for pupils with SEN and for pupils with other needs. The rest is universal."""
    sen, others = _by_status(it, shares, pupils)
    if sen + others == 0:
        return _unattributed(it, shares.total)
    counted = shares.total * it.counts
    return counted * sen / (sen + others), counted * others / (sen + others)


def _by_status(it: Intervention, shares: Shares, pupils: Mapping[str, Pupil]) -> tuple[Fraction, Fraction]:
    missing = [pupil for pupil in shares.by_pupil if pupil not in pupils]
    if missing:
        raise InterventionError(f"{it.name}: {len(missing)} of its pupils are not on the register")
    sen = add_up(part for pupil, part in shares.by_pupil.items() if pupils[pupil].has_sen)
    return sen, shares.attributed - sen


def _unattributed(it: Intervention, total: Fraction) -> tuple[Fraction, Fraction]:
    """Cost that falls on nobody who is named: by the SEN count of the group if given, else by tier (costing §4)."""
    counted = total * it.counts
    if it.group_size and it.group_with_sen is not None:
        sen = counted * it.group_with_sen / it.group_size
        return sen, counted - sen
    return (NOTHING if it.tier is Tier.UNIVERSAL else counted), NOTHING

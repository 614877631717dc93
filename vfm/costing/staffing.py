"""What the staff of an intervention cost: each row's hours at the rate of the day (costing §3 and §4).

Numbers are whole numbers over a denominator (money.Ratio): a big map is costed in the time of a bare loop.
"""

from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.calendar import Calendar
from vfm.costing.delivery import Run
from vfm.costing.intervention import Intervention, Staff
from vfm.costing.rates import Rate, RateBook, typed_rate
from vfm.money import Ratio

ALWAYS = 366
"""A day number after every day of a year."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A rate and the days of the year for which it holds, as day numbers, both included; None: there is no rate.

    `a_minute` is the same rate in pence a minute, as whole numbers.
    """

    first: int
    last: int
    rate: Rate | None
    a_minute: Ratio = (0, 1)


class Rates:
    """The rates of one book for one reader, each role's looked up once for a whole map."""

    def __init__(self, book: RateBook, calendar: Calendar, leadership: bool) -> None:
        self.book, self.calendar, self.leadership = book, calendar, leadership
        self._known: dict[str, tuple[Segment, ...]] = {}

    def of(self, role: str) -> tuple[Segment, ...]:
        """The role's rates through the year."""
        found = self._known.get(role)
        if found is None:
            found = self._known[role] = self._segments(role)
        return found

    def _segments(self, role: str) -> tuple[Segment, ...]:
        year = self.calendar.year
        line = self.book.timeline(role, self.leadership, year.first_day, year.last_day)
        starts = [self.calendar.place(day) for day, _ in line]
        ends = [start - 1 for start in starts[1:]] + [ALWAYS]
        return tuple(_segment(a, b, rate) for a, b, (_, rate) in zip(starts, ends, line, strict=True))


def _segment(first: int, last: int, rate: Rate | None) -> Segment:
    if rate is None:
        return Segment(first, last, None)
    price, unit = rate.per_hour.as_integer_ratio()
    return Segment(first, last, rate, (price, unit * 60))


@dataclass(slots=True)
class StaffLine:
    """The cost of one staff row: number × (contact + preparation hours) × the rate on the day.

    No segments: volunteers, other pupils and agencies paid by invoice, who cost nothing here. Where a segment has no
    rate, its time costs nothing yet. With a rate that holds preparation already, preparation is shown and costed nil.
    """

    staff: Staff
    preparation: Ratio
    run: Run
    segments: tuple[Segment, ...]
    ratio: Ratio

    @property
    def cost(self) -> Fraction:
        """Exact pence in the year."""
        return Fraction(*self.ratio)

    @property
    def hours(self) -> Fraction:
        """Contact and preparation of all of them together."""
        return self.hours_between(0, ALWAYS)

    def hours_between(self, first: int, last: int) -> Fraction:
        """Contact and preparation of all of them, between two day numbers, both included."""
        contact = Fraction(*self.run.contact(first, last))
        return (
            Fraction(self.staff.number) * (contact + Fraction(*self.preparation) * self.run.sessions(first, last)) / 60
        )

    @property
    def worked(self) -> tuple[Segment, ...]:
        """The segments in which it runs."""
        return tuple(each for each in self.segments if self.run.count(each.first, each.last))

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The rates that its time was costed at, in order of time."""
        return tuple(each.rate for each in self.worked or self.segments if each.rate)

    @property
    def rate(self) -> Rate | None:
        """The last of its rates; None where it has none."""
        return self.rates[-1] if self.rates else None

    @property
    def rate_missing(self) -> bool:
        """Whether some of its time has no rate, so that it is not in the cost."""
        return any(each.rate is None for each in self.worked)

    @property
    def preparation_inside(self) -> bool:
        """Whether preparation was costed nil, because the rate holds it already."""
        return self.preparation[0] > 0 and any(rate.covers_preparation for rate in self.rates)

    @property
    def substitute(self) -> bool:
        """Costed at the authority's rate or a pay point, because the actual rate would give somebody's pay away."""
        return any(rate.substitute for rate in self.rates)

    @property
    def estimated(self) -> bool:
        return any(rate.estimated for rate in self.rates)

    @property
    def label(self) -> str:
        """The role, or the kind of giver where no role is named."""
        return self.staff.role or self.staff.kind.words

    def between(self, first: int, last: int) -> Ratio:
        """Pence between two day numbers, both included."""
        total: Ratio | None = None
        for each in self.segments:
            if each.rate is not None:
                start = first if first > each.first else each.first
                cost = _worth(self, each, start, last if last < each.last else each.last)
                total = cost if total is None else _add(total, cost)
        return total or (0, 1)


def _worth(line: StaffLine, segment: Segment, first: int, last: int) -> Ratio:
    """Number × minutes × rate a minute, between two day numbers."""
    run, preparation = line.run, line.preparation
    above, below = run.contact(first, last)
    if preparation[0] and not (segment.rate and segment.rate.covers_preparation):
        extra = run.count(first, last) * run.each[0] * preparation[0], run.each[1] * preparation[1]
        above, below = _add((above, below), extra)
    number, share = line.staff.number.as_integer_ratio()
    price, unit = segment.a_minute
    return above * number * price, below * share * unit


def _add(one: Ratio, other: Ratio) -> Ratio:
    if one[1] == other[1]:
        return one[0] + other[0], one[1]
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def staff_line(it: Intervention, staff: Staff, rates: Rates, run: Run) -> StaffLine:
    """A staff row costed over all the days that it runs."""
    preparation = (it.preparation if staff.preparation is None else staff.preparation).as_integer_ratio()
    if not staff.paid:
        return StaffLine(staff, preparation, run, (), (0, 1))
    if staff.rate is None:
        segments = rates.of(staff.role)
    else:
        segments = (_segment(0, ALWAYS, typed_rate(staff.role, staff.rate)),)
    line = StaffLine(staff, preparation, run, segments, (0, 1))
    line.ratio = line.between(run.first, run.last)
    return line

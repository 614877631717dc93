"""What an hour of a person costs, worked out from pay: (pay + employer NI + pension + levy) ÷ productive hours.

Typed amounts are Decimal pounds; what comes out is exact Fraction pence. For leadership only.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vfm.costing.official import Key, changes_of, in_force
from vfm.money import Number, add_up, in_pence

WEEKS_IN_A_YEAR = in_force(Key.WEEKS_IN_A_YEAR).value
DIRECTED_HOURS = int(in_force(Key.DIRECTED_HOURS).value)
"""Hours a year that a full-time teacher may be directed."""


@dataclass(frozen=True, slots=True)
class EmployerNI:
    """Employer National Insurance from a day on: a percentage of the pay above a threshold (pounds a year)."""

    starts: dt.date
    percent: Decimal
    threshold: Decimal
    source: str


def _ni_from(day: dt.date) -> EmployerNI:
    percent, threshold = in_force(Key.NI_PERCENT, day), in_force(Key.NI_THRESHOLD, day)
    return EmployerNI(day, percent.value, threshold.value, percent.source)


EMPLOYER_NI = tuple(_ni_from(day) for day in changes_of(Key.NI_PERCENT, Key.NI_THRESHOLD))
"""In order of date, from the official figures. The first is of April 2023: no review begins before that September."""


def employer_ni_changes(first: dt.date, last: dt.date) -> list[dt.date]:
    """The days after `first` and up to `last` on which another employer NI rate comes in force."""
    return [row.starts for row in EMPLOYER_NI if first < row.starts <= last]


def employer_ni(day: dt.date | None = None) -> EmployerNI:
    """The row in force on a day, the newest where no day is said; a day before the first row is a ValueError."""
    in_force = [row for row in EMPLOYER_NI if day is None or row.starts <= day]
    if not in_force:
        raise ValueError(f"no employer NI rate is known for {day}")
    return in_force[-1]


class Hours(StrEnum):
    """Which hours the cost of a year is divided by. The choice moves a teacher's hour by half, so it is printed."""

    SUPPORT = "support"
    DIRECTED = "directed"
    CONTACT = "contact"

    @property
    def words(self) -> str:
        return {
            "support": "weekly hours × weeks",
            "directed": "1,265 hours × full-time equivalent",
            "contact": "contact hours",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Pay:
    """One person's contract: pounds a year full time, hours a week, and what the employer adds, as percentages.

    `paid_weeks` None: paid all year. `elsewhere`: pay (pounds a year) from other contracts with the same employer, so
    that the NI threshold is used once. `contact_hours`: hours taught in a year. `levy_percent`: 0.5 where it is paid.
    `award_percent`: a pay award on top of the salary.
    """

    salary: Decimal
    hours: Number
    full_time_hours: Number
    paid_weeks: Number | None = None
    pension_percent: Number = 0
    levy_percent: Number = 0
    allowances: Decimal = Decimal(0)
    elsewhere: Decimal = Decimal(0)
    counted: Hours = Hours.SUPPORT
    contact_hours: Number | None = None
    award_percent: Number = 0

    def __post_init__(self) -> None:
        if self.hours <= 0 or self.full_time_hours <= 0:
            raise ValueError("weekly hours must be above 0")
        if self.counted is Hours.CONTACT and not (self.contact_hours and self.contact_hours > 0):
            raise ValueError("a rate by contact hours needs the hours taught in a year")

    @property
    def share(self) -> Fraction:
        """Full-time equivalent: weekly hours ÷ full-time hours."""
        return Fraction(self.hours) / Fraction(self.full_time_hours)

    @property
    def pay(self) -> Fraction:
        """Pence a year: salary × hours ÷ full-time hours × paid weeks ÷ 52.143, with allowances."""
        part = Fraction(1) if self.paid_weeks is None else Fraction(self.paid_weeks) / Fraction(WEEKS_IN_A_YEAR)
        return self._salary * self.share * part + in_pence(self.allowances)

    @property
    def _salary(self) -> Fraction:
        """Full-time salary with the award, pence a year."""
        return in_pence(self.salary) * (100 + Fraction(self.award_percent)) / 100

    @property
    def bare_hour(self) -> Fraction:
        """Pence for an hour that is paid, without employer's costs: full-time salary ÷ 52.143 ÷ full-time hours."""
        return self._salary / Fraction(WEEKS_IN_A_YEAR) / Fraction(self.full_time_hours)

    def ni(self, row: EmployerNI) -> Fraction:
        """Employer NI, pence a year: on all pay with this employer, and this contract's part of it by pay."""
        together = self.pay + in_pence(self.elsewhere)
        if not together:
            return Fraction(0)
        above = max(Fraction(0), together - in_pence(row.threshold))
        return above * Fraction(row.percent) / 100 * self.pay / together

    @property
    def pension(self) -> Fraction:
        """Employer's pension, pence a year."""
        return self.pay * Fraction(self.pension_percent) / 100

    def cost(self, row: EmployerNI) -> Fraction:
        """Pence a year: pay + employer NI + pension + levy."""
        return self.pay + self.ni(row) + self.pension + self.pay * Fraction(self.levy_percent) / 100

    def productive_hours(self, weeks: Number) -> Fraction:
        """Hours a year that the cost is divided by."""
        if self.counted is Hours.DIRECTED:
            return DIRECTED_HOURS * self.share
        if self.counted is Hours.CONTACT:
            return Fraction(self.contact_hours or 0)
        return Fraction(self.hours) * Fraction(weeks)

    @property
    def paid_hours(self) -> Fraction:
        """Hours a year that are paid, holidays included: weekly hours × paid weeks."""
        return Fraction(self.hours) * Fraction(WEEKS_IN_A_YEAR if self.paid_weeks is None else self.paid_weeks)


@dataclass(frozen=True, slots=True)
class FromPay:
    """A rate from the pay of the people in a role: all their cost ÷ all their productive hours.

    `weeks` are the school's (pupil days ÷ 5; 39 with INSET days); `day` chooses the NI rate, the newest if None.
    """

    pays: Sequence[Pay]
    weeks: Number = 38
    day: dt.date | None = None

    def __post_init__(self) -> None:
        if not self.pays:
            raise ValueError("a rate from pay needs the pay of somebody")
        if len({pay.counted is Hours.CONTACT for pay in self.pays}) > 1:
            raise ValueError("contact hours and other hours cannot be mixed in one rate")

    @property
    def per_hour(self) -> Fraction:
        """Exact pence an hour; a mean of several people is total ÷ total."""
        row = employer_ni(self.day)
        hours = add_up(pay.productive_hours(self.weeks) for pay in self.pays)
        return add_up(pay.cost(row) for pay in self.pays) / hours

    @property
    def worked_part(self) -> Fraction | None:
        """Productive hours ÷ paid hours: a paid hour costs this part of an hour at work; None where no hour is paid."""
        paid = add_up(pay.paid_hours for pay in self.pays)
        return add_up(pay.productive_hours(self.weeks) for pay in self.pays) / paid if paid else None

    @property
    def covers_preparation(self) -> bool:
        """With contact hours, preparation is already inside the rate (costing §3: no pound twice)."""
        return self.pays[0].counted is Hours.CONTACT

    @property
    def words(self) -> str:
        """Such as "from pay, by weekly hours × weeks"."""
        kinds = dict.fromkeys(pay.counted.words for pay in self.pays)
        return "from pay, by " + " and ".join(kinds)

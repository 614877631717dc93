"""Days that others set for schools: dated rows, each with where it stands and the day on which one of us read it there.

A day that we have not read anywhere is not here: of a year without a row the planner says that the day is not known.
"""

import datetime as dt
from dataclasses import dataclass

from vfm.costing.calendar import AcademicYear
from vfm.questions.school import Kind, School

_READ = dt.date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a day stands, and when it was read there."""

    words: str
    link: str
    checked: dt.date = _READ


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """A day with its name, what it is for, and its source; `key` stays the same from one reading to the next."""

    key: str
    day: dt.date
    name: str
    what: str
    source: Source


_CENSUS = Source(
    "East Sussex County Council, for its schools: days of the school census", "https://czone.eastsussex.gov.uk/school-management/census"
)  # fmt: skip
_REGULATION_18 = Source(
    "Special Educational Needs and Disability Regulations 2014, regulation 18",
    "https://legislation.gov.uk/uksi/2014/1530/part/2/crossheading/reviews-and-reassessments",
)
_SFVS = Source(
    "Birmingham City Council: the schools financial value standard", "https://www.birmingham.gov.uk/info/50379/finance_in_schools/3158/schools_financial_value_standard_sfvs"
)  # fmt: skip
_STRATEGY = Source(
    "Department for Education: developing an inclusion strategy",
    "https://www.gov.uk/government/publications/inclusive-mainstream-fund-support-for-school-leaders/developing-an-inclusion-strategy-using-the-inclusive-mainstream-fund",
)
CENSUS = (
    ("autumn", dt.date(2024, 10, 3)), ("spring", dt.date(2025, 1, 16)), ("summer", dt.date(2025, 5, 15)),
    ("autumn", dt.date(2025, 10, 2)), ("spring", dt.date(2026, 1, 15)),
)  # fmt: skip
"""Of summer 2026 two pages that we read give two days, so it is not here; nor are later years, which we have not found."""
STRATEGY_DUE = dt.date(2026, 12, 31)


def official_days(year: AcademicYear, school: School) -> list[OfficialDay]:
    """The days of an academic year that bear on a kind of school, in no order."""
    days = [_census(season, day) for season, day in CENSUS if year.period.holds(day)]
    spring = year.start + 1
    if school.any_ehc_plan:
        days.append(OfficialDay("phase-other", dt.date(spring, 2, 15), "Plans of pupils who change phase", (
            "By this day the authority must have reviewed and amended the plans of pupils who change phase in the summer, "
            "other than from secondary school to post-16"
        ), _REGULATION_18))  # fmt: skip
        days.append(OfficialDay("phase-post-16", dt.date(spring, 3, 31), "Plans of pupils who go on to post-16", (
            "By this day the authority must have reviewed and amended the plans of pupils who go from secondary school to post-16"
        ), _REGULATION_18))  # fmt: skip
    if not school.academy:
        days.append(OfficialDay("sfvs", dt.date(spring, 3, 31), "Schools financial value standard", (
            "Maintained schools send it to the authority, approved by the governing body. It asks about value for money"
        ), _SFVS))  # fmt: skip
    if school.kind is Kind.MAINSTREAM and year.period.holds(STRATEGY_DUE):
        days.append(OfficialDay("inclusion-strategy", STRATEGY_DUE, "Inclusion strategy", (
            "Mainstream schools that receive the Inclusive Mainstream Fund publish one on their website, with budgeted costs"
        ), _STRATEGY))  # fmt: skip
    return days


def _census(season: str, day: dt.date) -> OfficialDay:
    what = "Pupils’ SEN provision is reported as it stands on this day: look through the register before it"
    return OfficialDay(f"census-{season}", day, f"School census, {season}", what, _CENSUS)


def census_missing(year: AcademicYear) -> list[str]:
    """The censuses of a year of which we know no day."""
    known = {season for season, day in CENSUS if year.period.holds(day)}
    return [season for season in ("autumn", "spring", "summer") if season not in known]

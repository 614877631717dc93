"""The calendar that most tests count in: the usual year 2026 to 2027 of 190 pupil days, as a school confirmed it."""

from dataclasses import replace

from vfm.costing.calendar import AcademicYear
from vfm.costing.usual_calendar import usual_calendar

USUAL = replace(usual_calendar(AcademicYear(2026)), typical=False)

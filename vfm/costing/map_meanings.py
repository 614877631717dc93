"""What the columns of a school's provision map may hold, and how schools head them."""

from vfm.costing.map_words import YEARS
from vfm.sheets.headings import Meaning

MEANINGS = (
    Meaning("name", "Intervention", (
        "intervention", "name of the intervention", "provision", "intervention name", "name of intervention", "support", "strategy",
        "activity", "name of provision", "intervention provision",
    )),
    Meaning("programme", "Published programme", ("programme", "scheme", "published programme", "resource used")),
    Meaning("group", "Class or year group of the row", (
        "class", "year group", "year", "class year", "class name", "form", "class group", "year groups", "classes", "group name",
        "which group", "class or year group", "class year group", "year class", "yr", "yr group", "tutor group",
    )),
    Meaning("tier", "Tier or wave", ("tier", "wave", "level of provision", "graduated response")),
    Meaning("need", "Area of need", ("area of need", "need", "broad area", "broad area of need", "primary need", "type of need", "area", "area of sen", "send area", "sen area")),
    Meaning("time_kind", "Kind of time", ("kind of time", "type of provision", "type of support", "type")),
    Meaning("staff", "Who gives it", (
        "given by", "who gives it", "staff", "staff role", "delivered by", "adult", "led by", "who", "staffing", "role", "person",
        "lead", "staff member",
    )),
    Meaning("hourly_rate", "What an hour of the staff costs, in pounds", (
        "hourly rate", "rate", "cost per hour", "rate per hour", "hourly cost", "cost an hour", "per hour", "rate an hour", "hour rate",
        "staff rate", "ta rate", "pay rate", "rate hr", "per hr", "rate hour", "cost hour", "hourly", "an hour",
    )),
    Meaning("number", "How many staff", ("number of staff", "how many staff", "no of staff", "number of adults", "adults")),
    Meaning("minutes", "Minutes of one session", (
        "minutes of one session", "minutes", "mins", "session length", "length of session", "minutes per session",
        "length of session mins", "duration", "session length mins", "time mins", "length",
    )),
    Meaning("sessions_a_week", "Sessions a week", (
        "sessions a week", "sessions per week", "times a week", "times per week", "frequency", "per week", "a week", "weekly sessions",
        "sessions wk", "sessions per wk", "sessions a wk", "sessions p w", "sessions pw", "sessions weekly", "per wk", "x wk", "times wk",
    )),
    Meaning("weeks", "Weeks", ("weeks", "number of weeks", "no of weeks", "how many weeks")),
    Meaning("sessions_in_total", "Sessions in total", (
        "sessions in total", "total sessions", "number of sessions", "no of sessions", "sessions total", "sessions",
    )),
    Meaning("days", "Weekdays", ("weekdays", "days", "day", "day of the week", "days of the week", "timetable", "when")),
    Meaning("preparation_minutes", "Preparation for one session, in minutes", (
        "preparation", "preparation minutes", "prep minutes", "prep", "planning time", "preparation for one session",
    )),
    Meaning("starts_on", "First day", ("start date", "first day", "starts", "start", "from", "date started")),
    Meaning("ends_on", "Last day", ("end date", "last day", "ends", "end", "until", "to", "date ended")),
    Meaning("review_on", "Review planned for", ("review date", "review", "date of review", "review on", "review due")),
    Meaning("other_cost", "Other cost, in pounds", (
        "other cost", "other costs", "resources cost", "cost of resources", "materials", "resource costs", "resources",
    )),
    Meaning("pupils", "Pupils, by name or reference", (
        "pupils", "pupil", "pupil names", "pupil name", "names", "children", "child", "student", "students", "names of pupils",
        "name of pupil", "upn", "pupil reference",
    )),
    Meaning("group_size", "Number of pupils", (
        "group size", "number of pupils", "no of pupils", "number of children", "size of group", "pupils in group", "size",
        "no of children", "no children", "no pupils", "children in group", "pupil numbers", "numbers", "number in group", "how many pupils",
        "how many children", "no in group", "number of students", "no of students",
    )),
    Meaning("year_group", "A year group, with pupils or interventions in it", YEARS, several=True),
    Meaning("outcome", "What it should achieve", (
        "outcome", "what it should achieve", "intended outcome", "target", "aim", "success criteria", "purpose", "expected outcome",
    )),
    Meaning("cost", "The sheet's own cost (checked, not brought in)", (
        "cost", "total cost", "annual cost", "cost per year", "cost a year", "yearly cost",
    )),
)  # fmt: skip
NUMBERS = {
    "number": ("0", "100", 2), "minutes": ("0.01", "1000", 2), "sessions_a_week": ("0.01", "100", 2), "weeks": ("0.01", "53", 2),
    "sessions_in_total": ("0.01", "10000", 2), "preparation_minutes": ("0", "1000", 2), "group_size": ("0", "10000", 0),
}  # fmt: skip
"""The least, the most and the decimals of each number."""
LINES = {"programme": 200, "outcome": 1_000}
"""How long a text may be."""
DATES = ("starts_on", "ends_on", "review_on")

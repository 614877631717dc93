"""The form of one intervention, and what its fields must say together; when it runs is checked in `running`."""

from typing import Any

from vfm.costing.intervention import TimeKind
from vfm.costing.programme import MIXED
from vfm.pupils.pupil import AREA_WORDS
from vfm.web.fields import Day, Line, Menu, Number, Options, Pounds, Prose, Suggested
from vfm.web.income import CONFIRMED
from vfm.web.register import RowForm
from vfm.web.running import RUNS, leave_out_what_was_not_chosen
from vfm.web.typed_days import MOST_DAYS, Days
from vfm.web.weekdays import Weekdays

TIER_WORDS = {
    "universal": "Universal: for every pupil",
    "targeted": "Targeted: extra support for some",
    "specialist": "Specialist: for a few, often with outside advice",
}
AREAS = (*AREA_WORDS.values(), MIXED)
TIME_WORDS = {kind.value: kind.words for kind in TimeKind}
BASIS_WORDS = (
    ("shared", "Shared by the pupils in the group", "The usual way: by the sessions of each pupil"),
    ("by-place", "By place", "Each pupil carries one place; the cost of empty places is shown on its own"),
    ("whole", "All to one pupil", "The group exists for one pupil; say why"),
    ("stated", "By percentages that we set", "Set them on the page of its pupils"),
)


class InterventionForm(RowForm):
    """One intervention."""

    named: Any = None  # what the name of its programme stands for, once it has been saved

    name = Line("Name of the intervention", missing="Enter the name of the intervention")
    programme = Suggested(
        "Programme",
        description="Where it follows one, so that its years can be compared. Type its name or choose from what is offered; a new name goes on your list of programmes when you save",
    )
    tier = Options("Tier", TIER_WORDS.items(), missing="Choose the tier")
    need = Menu("Area of need", [(area, area) for area in AREAS])
    time_kind = Menu("Kind of time", TIME_WORDS.items(), missing="Choose the kind of time")
    giver_1 = Menu("Who gives it?")
    number_1 = Number("How many of them?", places=2)
    giver_2 = Menu("Who else gives it, in the same sessions?")
    number_2 = Number("How many of them?", places=2)
    giver_3 = Menu("Who else gives it?")
    number_3 = Number("How many of them?", places=2)
    giver_4 = Menu("And who else?")
    number_4 = Number("How many of them?", places=2)
    agency_price = Pounds(
        "What an hour of the agency costs",
        places=4,
        description="If it charges by the hour. Otherwise enter its invoice as a cost, on the next page",
    )
    own_preparation_1 = Number("Preparation of the first, if it differs", high="1000", suffix="minutes")
    own_preparation_2 = Number("Preparation of the second, if it differs", high="1000", suffix="minutes")
    own_preparation_3 = Number("Preparation of the third, if it differs", high="1000", suffix="minutes")
    own_preparation_4 = Number("Preparation of the fourth, if it differs", high="1000", suffix="minutes")
    lead = Line(
        "Who leads the volunteers or pupils?",
        description="A named member of staff, where volunteers or other pupils give it",
    )
    minutes = Number("Minutes of one session", high="1000", suffix="minutes")
    runs = Options("When does it run?", RUNS, description="Only what you fill in under your choice is kept")
    sessions_a_week = Number(
        "Sessions a week", suffix="a week", description="Half sessions are allowed: 0.5 is one every two weeks"
    )
    weeks = Number("For how many weeks?", high="53", suffix="weeks")
    slots = Weekdays("On which days?")
    sessions_in_total = Number("Sessions in all", high="10000", description="For one-off or irregular work")
    known_days = Days(
        "On which days, if you know them?",
        rows=3,
        longest=1_000,
        description=f"One a line, such as 3/11/2026; {MOST_DAYS} at most. The sessions then count on these days",
    )
    starts_on = Day("First day", description="Leave empty if it began with the school year")
    ends_on = Day("Last day", description="Leave empty if it runs to the end of the school year")
    counted = Number(
        "Sessions as you counted them",
        high="10000",
        description="If you fill this in, it is used in place of what is worked out above. Leave empty otherwise",
    )
    preparation_minutes = Number("Preparation for one session", high="1000", suffix="minutes")
    group_size = Number("Number of pupils, where you do not name them", high="10000", places=0)
    group_with_sen = Number("How many of these have SEN?", high="10000", places=0)
    places = Number("Places", high="10000", low="1", places=0, description="How many pupils it could take")
    basis = Options("How is the cost shared?", BASIS_WORDS, missing="Choose how the cost is shared")
    whole_reason = Line("If all to one pupil, why?")
    counts_percent = Number(
        "Share that counts as additional",
        suffix="%",
        description="Left empty: all of targeted and specialist, nothing of universal",
    )
    counts_why = Line("Why this share?")
    where = Options(
        "Where does it happen?", (("in", "In class"), ("out", "Withdrawn from class")), missing="Say where it happens"
    )
    withdrawn_why = Line("If withdrawn, why?")
    lesson = Line("Which lesson do they miss?")
    hours_bought = Number("Hours bought from an agency", high="10000", suffix="hours")
    hours_delivered = Number("Hours delivered so far", high="10000", suffix="hours")
    entry = Prose("Who is it for? (entry)", rows=2, longest=1_000)
    exit = Prose("When is it over? (exit)", rows=2, longest=1_000)
    outcome = Prose("What should it achieve?", rows=2, longest=1_000)
    review_on = Day("When will it be reviewed?")
    estimated = Options(
        "Are these figures confirmed or estimated?", CONFIRMED, missing="Say whether they are confirmed or estimated"
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """What stands under another choice than the chosen one is hidden on most screens, so it is not looked at."""
        super().validate(extra_validators)
        leave_out_what_was_not_chosen(self)
        return not self.errors


def check_group(form: Any) -> None:
    size, with_sen = form.group_size.value, form.group_with_sen.value
    if with_sen is not None and (size is None or with_sen > size):
        form.group_with_sen.errors = ["The pupils with SEN cannot be more than the pupils in the group"]
    if form.basis.data == "by-place" and form.places.value is None:
        form.places.errors = ["Enter the places, since the cost is shared by place"]
    elif (
        size is not None
        and form.places.value is not None
        and form.basis.data == "by-place"
        and size > form.places.value
    ):
        form.places.errors = ["There are more pupils than places"]

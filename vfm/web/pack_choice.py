"""What a pack should hold: the form whose answers stand in the address of the preview, so that nothing is kept before it is made."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import request

from vfm.plan.pack import Reader
from vfm.plan.pack_make import Asked
from vfm.store.pupils import PupilRow
from vfm.value.pupil_record import PupilRecord
from vfm.web.fields import Form, Line, Options, Ticks
from vfm.web.permissions import here
from vfm.web.pupil_names import called
from vfm.web.school import today

ROLE_WORDS = {"leadership": "The school’s leadership", "senco": "The SENCO"}
ASK = "the SENCO, through the school office"


class ChoiceForm(Form):
    """Which version, with or without cost, which years. It is sent as an address."""

    class Meta:
        csrf = False

    reader = Options("For whom is it?", [(each.value, each.words) for each in Reader], missing="Choose for whom it is")
    cost = Options("With cost?", missing="Choose whether it gives the cost")
    called = Options("What is the pupil called in it?", missing="Choose what the pupil is called")
    years = Ticks("Which academic years?")
    ask = Line(
        "Who answers questions about it?",
        missing="Enter who answers questions, as a role",
        description="A role and how to reach it. A name is replaced by the role, as everywhere in a pack",
    )


def choice(pupil: PupilRow, record: PupilRecord) -> ChoiceForm:
    """The form as it was sent in the address, else with what is usual."""
    names = _names(pupil)
    usual: dict[str, Any] = {
        "reader": Reader.FULL, "cost": "", "called": next(iter(names)), "ask": ASK, "years": [str(year.start) for year in record.years],
    }  # fmt: skip
    form = ChoiceForm(formdata=request.args or None, **usual)
    form.cost.offer(_cost_options())
    form.called.offer(names.items())
    form.years.offer((str(year.start), year.words) for year in record.years)
    if len(names) == 1:
        form.called.data = next(iter(names))
    return form


def _names(pupil: PupilRow) -> dict[str, str]:
    """What the pupil may be called: as the school shows pupils, and as the name is written. No name stands in an address."""
    return {"shown": called(pupil)} | ({} if called(pupil) == pupil.name else {"written": pupil.name})


def _cost_options() -> Sequence[tuple[str, ...]]:
    without, with_cost = ("without", "Without cost"), ("with", "With cost")
    hint = (
        "In a parent’s version too: it is for you to choose"
        if here().leads
        else "In the version for a review or a tribunal. In a parent’s version only the school’s leadership can choose it"
    )
    return (without, (*with_cost, hint))


def fits(form: ChoiceForm) -> bool:
    """Whether such a pack can be made, by this person; says beside the field what is wrong."""
    form.validate()
    if not form.years.data and not form.years.errors:
        form.years.errors = ["Tick at least one year"]
    if form.reader.data == Reader.PARENT and form.cost.data == "with" and not here().leads:
        form.cost.errors = ["Only the school’s leadership chooses that a parent’s version gives the cost"]
    return not form.errors


def asked_for(form: ChoiceForm, pupil: PupilRow, number: int) -> Asked:
    """What is asked for, as the pack's maker knows it."""
    return Asked(
        school=here().school.name, called=_names(pupil)[form.called.data], number=number, reference=_reference(pupil, number), made_on=today(),
        reader=Reader(form.reader.data), with_cost=form.cost.data == "with", years=[int(year) for year in form.years.data],
        ask=form.ask.data, made_by=ROLE_WORDS.get(here().role, "The school"),
    )  # fmt: skip


def _reference(pupil: PupilRow, number: int) -> str:
    """Tells one pupil's packs from another's, and nothing of the pupil."""
    code = hashlib.sha256(f"pack {pupil.school_id} {pupil.id}".encode()).hexdigest()[:8].upper()
    return f"{here().school.slug.upper()[:40]}-{code}-{number}"

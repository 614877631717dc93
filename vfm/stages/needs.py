"""Stage 4: how many pupils there are, and what they need."""

from collections import Counter
from fractions import Fraction

from vfm.costing.figure import Figure, Input, Unit, certainty
from vfm.pupils.pupil import NEED_TYPES
from vfm.stages.stage import Case, Stage


def figures(case: Case) -> tuple[Figure, ...]:
    """Roll, SEN Support, EHC plans, top-ups, and the primary needs where pupils are entered."""
    counts = case.counts
    named = (
        ("Pupils on roll", counts.roll),
        ("On SEN Support", counts.sen_support),
        ("With an EHC plan", counts.ehc_plans),
        ("With top-up funding", counts.top_ups),
        ("Receiving pupil premium", counts.pupil_premium),
    )
    shown = [_count(case, name, number) for name, number in named if number is not None]
    for name, number in named[1:3]:
        if counts.roll and number is not None:
            share = Fraction(number * 100, counts.roll)
            inputs = (
                Input(name, number, Unit.PUPILS, "pupils"),
                Input("Pupils on roll", counts.roll, Unit.PUPILS, "pupils"),
            )
            shown.append(
                _figure(
                    case, f"{name}, share of the roll", share, Unit.PERCENT, "Pupils × 100 ÷ pupils on roll.", inputs
                )
            )
    return (*shown, *_needs(case))


def _figure(
    case: Case, name: str, value: Fraction | int, unit: Unit, formula: str, inputs: tuple[Input, ...] = ()
) -> Figure:
    return Figure(
        name, value, unit, formula, inputs, case.today, "", certainty(False), "Numbers of pupils, or the register"
    )


def _count(case: Case, name: str, number: int) -> Figure:
    return _figure(case, name, number, Unit.PUPILS, "As typed, else counted from the pupils that are entered.")


def _needs(case: Case) -> tuple[Figure, ...]:
    found = Counter(pupil.need for pupil in case.pupils.values() if pupil.has_sen and pupil.need)
    if not found:
        return ()
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    inputs = tuple(Input(NEED_TYPES[code].words, number, Unit.PUPILS, "pupils") for code, number in ordered)
    formula = "Pupils with SEN on the register whose primary need is recorded, by need."
    return (_figure(case, "Pupils with a primary need recorded", sum(found.values()), Unit.PUPILS, formula, inputs),)


STAGE = Stage("needs", figures)

"""What must hold of a rate before it is kept: its price, its day, what an award changes, and that it gives nobody's pay away."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from vfm.costing.rates import FEWEST_PEOPLE
from vfm.store.staff import RateRow
from vfm.web.permissions import here
from vfm.web.rate_words import CARD_WORDS, since_words

NEEDED = {"stated": ("per_hour",), "weekly-hour": ("weekly_hour_price", "weeks")}


def check_rate(form: Any, others: Sequence[RateRow]) -> None:
    """Says beside the fields what is wrong; `others` are the other rates of the role, on both cards."""
    same_card = [rate for rate in others if rate.card == form.card.data]
    _check_price(form)
    _check_day(form, same_card)
    _check_award(form, same_card)
    if here().leads and form.card.data == "actual":
        _check_people(form, others)


def _check_price(form: Any) -> None:
    if form.method.data == "from-pay" and form.card.data == "authority":
        form.method.errors = ["The authority's rate is never worked out from the school's pay: state it"]
    for name in NEEDED.get(form.method.data, ()):
        if form[name].value is None and not form[name].errors:
            form[name].errors = [f"Enter it as well: {form[name].label.text.lower()}"]
    if "award_percent" in form and form.award_percent.value and form.method.data != "from-pay":
        form.award_percent.errors = ["A percentage goes on top of pay: choose “Worked out from pay”, or leave it empty"]


def _check_day(form: Any, same_card: Sequence[RateRow]) -> None:
    if not form.starts.errors and any(rate.starts == form.starts.data for rate in same_card):
        words = f"{CARD_WORDS[form.card.data].lower()} {since_words(form.starts.data)}"
        form.starts.errors = [f"There is already a rate of this role at the {words}: change that one, or this day"]


def _check_award(form: Any, same_card: Sequence[RateRow]) -> None:
    """An award changes a rate that was there before it; else the whole cost would be taken for its effect."""
    if form.award.data == "yes" and not any(_before(rate, form) for rate in same_card if not rate.award):
        form.award.errors = [
            "There is no rate of this role on this card before that day for an award to change: enter the earlier rate first"
        ]


def _before(rate: RateRow, form: Any) -> bool:
    return (rate.starts or dt.date.min) < (form.starts.data or dt.date.min)


def _check_people(form: Any, others: Sequence[RateRow]) -> None:
    from_pay = form.method.data == "from-pay"
    if not from_pay and not form.from_people.data:
        form.from_people.errors = ["Say where the rate comes from"]
    if not from_pay and form.from_people.data != "yes":
        return
    field = form.method if from_pay else form.people
    if not from_pay and form.people.value is None:
        form.people.errors = form.people.errors or ["Enter how many people's pay it is made from"]
        return
    few = from_pay or form.people.value < FEWEST_PEOPLE
    theirs = any(
        rate.card == "authority" and (rate.starts is None or _before(rate, form) or rate.starts == form.starts.data)
        for rate in others
    )
    if few and form.role.pay_point is None and not theirs:
        field.errors = [
            "Enter a published pay point of the role, or the authority's rate from this day or earlier, first: others see it "
            "where this rate would give away a person's pay"
        ]

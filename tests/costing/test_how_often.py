from decimal import Decimal

from vfm.costing.delivery import InTotal, OnDays, Slot, Weekly
from vfm.costing.how_often import how_often
from vfm.costing.intervention import Intervention


def test_it_says_how_often_and_how_long() -> None:
    assert how_often(Intervention("Phonics", minutes=20, delivery=Weekly(3))) == "3 times a week, 20 minutes each"
    assert (
        how_often(Intervention("Phonics", minutes=60, delivery=Weekly(Decimal("1.00")))) == "once a week, 1 hour each"
    )
    assert (
        how_often(Intervention("Phonics", minutes=60, delivery=Weekly(Decimal("0.50"))))
        == "0.5 times a week, 1 hour each"
    )
    assert how_often(Intervention("Visit", delivery=InTotal(6))) == "6 sessions in all"
    assert how_often(Intervention("Visit", minutes=90)) == "1 hour 30 minutes"
    assert how_often(Intervention("Nothing entered")) == ""


def test_named_days_stand_in_words_and_every_second_week_apart() -> None:
    slots = (Slot(0), Slot(2), Slot(3), Slot(4, week=1))
    said = how_often(Intervention("Reading", minutes=15, delivery=OnDays(slots)))
    assert said == "Mondays, Wednesdays and Thursdays, Fridays of every second week, 15 minutes each"

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from vfm.costing.pay import FromPay, Hours, Pay, employer_ni
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated, WeeklyHour
from vfm.money import half_up

TA = Pay(Decimal(25583), 25, 37, Decimal("44.6"), pension_percent=21)
TEACHER = Pay(
    Decimal(45352), Decimal("32.5"), Decimal("32.5"), pension_percent=Decimal("28.68"), counted=Hours.DIRECTED
)


def test_a_ta_costs_20_38_an_hour_over_38_weeks_and_19_85_over_39() -> None:
    assert half_up(FromPay([TA]).per_hour) == 2038
    assert half_up(FromPay([TA], weeks=39).per_hour) == 1985


def test_the_tas_cost_is_made_of_pay_ni_and_pension() -> None:
    row = employer_ni()
    assert [half_up(x) for x in (TA.pay, TA.ni(row), TA.pension, TA.cost(row))] == [1478525, 146779, 310490, 1935794]


def test_the_tas_bare_pay_is_13_26_an_hour() -> None:
    assert half_up(TA.bare_hour) == 1326


def test_a_teacher_costs_50_92_an_hour_by_directed_hours_and_75_34_by_contact_hours() -> None:
    row = employer_ni()
    parts = [half_up(x) for x in (TEACHER.pay, TEACHER.ni(row), TEACHER.pension, TEACHER.cost(row))]
    assert parts == [4535200, 605280, 1300695, 6441175]
    assert half_up(FromPay([TEACHER]).per_hour) == 5092
    contact = replace(TEACHER, counted=Hours.CONTACT, contact_hours=Decimal("22.5") * 38)
    assert half_up(FromPay([contact]).per_hour) == 7534
    assert FromPay([contact]).covers_preparation


def test_a_weekly_hour_at_634_53_over_38_weeks_prints_16_70_and_is_kept_exact() -> None:
    rate = WeeklyHour(Decimal("634.53"), 38).per_hour
    assert rate == Fraction(63453, 38)
    assert half_up(rate) == 1670


def test_the_ni_threshold_is_used_once_for_two_contracts_with_one_employer() -> None:
    one = Pay(Decimal(20000), 37, 37)
    half = Pay(Decimal(10000), 37, 37, elsewhere=Decimal(10000))
    assert half.ni(employer_ni()) * 2 == one.ni(employer_ni()) == 225000


def test_pay_under_the_threshold_has_no_ni_and_no_pay_has_none() -> None:
    assert Pay(Decimal(5000), 37, 37).ni(employer_ni()) == Pay(Decimal(0), 37, 37).ni(employer_ni()) == 0


def test_a_day_before_the_first_ni_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="no employer NI"):
        employer_ni(dt.date(2020, 1, 1))


def test_a_rate_from_several_people_is_total_over_total() -> None:
    long = Pay(Decimal(37000), 37, 37)
    short = Pay(Decimal(37000), Decimal("18.5"), 37)
    row = employer_ni()
    assert FromPay([long, short]).per_hour == (long.cost(row) + short.cost(row)) / (Fraction(111, 2) * 38)


def book(people: int | None, *, authority: bool = True, pay_point: Decimal | None = None) -> RateBook:
    own = RoleRate("TA", Stated(Decimal(21)), people=people, pay_point=pay_point)
    theirs = (RoleRate("TA", Stated(Decimal(17))),) if authority else ()
    return RateBook(RateCard(Card.ACTUAL, (own,)), RateCard(Card.AUTHORITY, theirs))


def shown(book: RateBook, *, leadership: bool = False) -> tuple[object, Card, bool]:
    rate = book.rate_for("TA", leadership)
    assert rate is not None
    return rate.per_hour, rate.card, rate.substitute


def test_a_rate_from_fewer_than_three_people_is_for_leadership_only() -> None:
    assert shown(book(2), leadership=True) == (2100, Card.ACTUAL, False)
    assert shown(book(2)) == (1700, Card.AUTHORITY, True)
    assert shown(book(3)) == (2100, Card.ACTUAL, False)


def test_without_an_authority_rate_the_published_pay_point_stands_in_and_else_nothing() -> None:
    assert shown(book(1, authority=False, pay_point=Decimal(14))) == (1400, Card.PAY_POINT, True)
    assert book(1, authority=False).rate_for("TA") is None


def test_a_rate_from_pay_counts_its_people_where_nobody_said_how_many() -> None:
    assert RoleRate("TA", FromPay([TA, TA])).private
    assert not RoleRate("TA", FromPay([TA, TA, TA])).private
    assert RoleRate("TA", FromPay([TA, TA, TA]), people=2).private
    assert not RoleRate("Tutor", Stated(Decimal(40))).private


def test_a_role_without_an_actual_rate_is_costed_at_the_authoritys() -> None:
    only = RateBook(authority=RateCard(Card.AUTHORITY, (RoleRate("TA", Stated(Decimal(17))),)))
    assert shown(only) == (1700, Card.AUTHORITY, False)
    assert only.rate_for("Teacher") is None

import datetime as dt
from decimal import Decimal

from tests.costing.test_dates import DEAREST_DAY, MONDAY, NEW_YEAR, an_hour, cost
from vfm.costing.intervention import Giver, Staff
from vfm.costing.methods import Gap, counted_words, gaps_of, used_in
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated, WeeklyHour

TA = RoleRate("TA", Stated(Decimal(20)))
THEIRS = RateCard(Card.AUTHORITY, [RoleRate("TA", Stated(Decimal(15))), RoleRate("HLTA", Stated(Decimal(18)))])


def book(*actual: RoleRate) -> RateBook:
    return RateBook(RateCard(Card.ACTUAL, actual), THEIRS)


def dated(starts: dt.date, **more: object) -> RoleRate:
    return RoleRate("TA", Stated(Decimal(22)), starts=starts, **more)  # type: ignore[arg-type]


def test_cards_and_methods_are_counted_by_role() -> None:
    weekly = RoleRate("Teacher", WeeklyHour(Decimal(1520)))
    both = an_hour(MONDAY, staff=[Staff("TA"), Staff("HLTA"), Staff("Teacher")])
    used = used_in([cost(both, book(TA, weekly)), cost(an_hour(MONDAY, staff=[Staff("TA")]), book(TA, weekly))])
    assert counted_words(used) == (
        "actual cost, stated (1 role); authority's rate, stated (1 role); actual cost, weekly-hour price (1 role)"
    )


def test_a_substitute_says_that_it_stands_in_for_another_rate() -> None:
    private = RoleRate("TA", Stated(Decimal(20)), people=1)
    assert [each.words for each in used_in([cost(an_hour(MONDAY), book(private))])] == [
        "authority's rate, stated, in place of a rate that is not shown"
    ]


def test_volunteers_and_invoices_use_no_rate() -> None:
    assert used_in([cost(an_hour(MONDAY, staff=[Staff("volunteer", kind=Giver.VOLUNTEER)], lead="Ms Lead"))]) == ()


def test_a_role_whose_rate_begins_later_has_none_before_that_day() -> None:
    bare = RateBook(RateCard(Card.ACTUAL, [dated(NEW_YEAR)]))
    assert gaps_of(cost(an_hour(MONDAY), bare)) == (Gap("TA", None, NEW_YEAR),)
    assert gaps_of(cost(an_hour(MONDAY, starts_on=NEW_YEAR), bare)) == ()
    assert gaps_of(cost(an_hour(MONDAY), RateBook())) == (Gap("TA", None, None),)


def test_a_role_that_loses_its_rate_for_this_reader_says_since_when() -> None:
    private_later = RateBook(RateCard(Card.ACTUAL, [TA, dated(DEAREST_DAY, people=1)]))
    assert gaps_of(cost(an_hour(MONDAY), private_later)) == (Gap("TA", DEAREST_DAY, None),)

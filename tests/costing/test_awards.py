import datetime as dt
from decimal import Decimal

from tests.costing.test_dates import PUPILS
from tests.costing.usual import USUAL
from vfm.costing.awards import Awards, awards_in, effect_of
from vfm.costing.delivery import Weekly
from vfm.costing.intervention import Intervention, Staff
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.rates import Card, RateBook, RateCard, RoleRate, Stated

NEW_YEAR = dt.date(2027, 1, 1)


def rate(pounds: str, starts: dt.date | None = None, **more: object) -> RoleRate:
    return RoleRate("TA", Stated(Decimal(pounds)), starts=starts, **more)  # type: ignore[arg-type]


def book(*actual: RoleRate, authority: tuple[RoleRate, ...] = ()) -> RateBook:
    return RateBook(RateCard(Card.ACTUAL, actual), RateCard(Card.AUTHORITY, authority))


def costed(rates: RateBook, leadership: bool) -> CostedMap:
    weekly = Intervention("Reading", minutes=60, delivery=Weekly(1), staff=[Staff("TA")], group_size=4)
    return cost_map([weekly], rates, PUPILS, USUAL, leadership=leadership)


def without(rates: RateBook, leadership: bool) -> RateBook:
    named = awards_in(rates, leadership)
    cards = (rates.actual, rates.authority)
    kept = [[row for row in card.roles if (card.name, row.role, row.starts) not in named] for card in cards]
    return RateBook(RateCard(Card.ACTUAL, kept[0]), RateCard(Card.AUTHORITY, kept[1]))


def effect(rates: RateBook, leadership: bool = False) -> Awards | None:
    found = awards_in(rates, leadership)
    return effect_of(costed(rates, leadership), costed(without(rates, leadership), leadership), rates, found)


def test_an_award_of_a_pound_costs_a_pound_for_each_hour_after_it() -> None:
    old, new = rate("20"), rate("21", NEW_YEAR, award=True)
    found = effect(book(old, new))
    assert found is not None
    hours = 38 - costed(book(rate("1"), rate("0", NEW_YEAR)), leadership=False).total / 100
    assert 0 < hours < 38
    assert [found.effect, found.without, found.estimated] == [100 * hours, 2000 * 38, False]


def test_an_award_that_is_not_agreed_makes_the_effect_an_estimate() -> None:
    found = effect(book(rate("20"), rate("21", NEW_YEAR, award=True, estimated=True)))
    assert found is not None
    assert found.estimated


def test_a_dearer_rate_that_is_no_award_and_an_award_beyond_the_year_have_no_effect() -> None:
    assert effect(book(rate("20"), rate("21", NEW_YEAR))) is None
    assert effect(book(rate("20"), rate("21", dt.date(2028, 1, 1), award=True))) is None
    assert effect(book(rate("20"))) is None


def test_an_award_with_no_rate_before_it_is_not_the_whole_cost() -> None:
    assert effect(book(rate("21", NEW_YEAR, award=True))) is None
    assert effect(book(rate("21", award=True))) is None


def test_the_effect_of_a_private_award_is_for_leadership_only() -> None:
    rates = book(rate("20", people=1), rate("21", NEW_YEAR, people=1, award=True), authority=(rate("15"),))
    assert effect(rates) is None
    assert effect(rates, leadership=True) is not None


def test_where_one_of_the_rates_is_private_no_award_of_the_role_is_told_to_others() -> None:
    for old, new in ((3, 1), (1, 3)):
        rates = book(rate("20", people=old), rate("21", NEW_YEAR, people=new, award=True), authority=(rate("15"),))
        assert effect(rates) is None


def test_an_award_on_the_authoritys_card_is_told_to_whoever_is_shown_that_card() -> None:
    theirs = (rate("15"), rate("16", NEW_YEAR, award=True))
    rates = book(rate("20", people=1), rate("22", NEW_YEAR, people=1, award=True), authority=theirs)
    for_others, for_leadership = effect(rates), effect(rates, leadership=True)
    assert for_others is not None
    assert for_leadership is not None
    assert for_others.effect * 2 == for_leadership.effect
    assert for_others.without == 1500 * 38

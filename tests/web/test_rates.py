"""Rates over time: dated rates of a role, what a change would cost before it is saved, and what awards add."""

import re
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.entering import TA_PAY, begin, intervention, person, put, role, row_id, stated
from tests.web.forms import refused, words
from tests.world import Visitor, World
from vfm.store.audit import AuditRow
from vfm.store.rows import rows_of
from vfm.store.staff import RateRow, StaffRoleRow

WEEKLY = {"sessions_a_week": "1", "weeks": "38", "group_size": "4", "group_with_sen": "4"}
JANUARY = {"starts__day": "4", "starts__month": "1", "starts__year": "2027"}


class Office:
    """Leadership at Oak with a teaching assistant at £20 an hour, and an hour a week of hers on the map."""

    def __init__(self, world: World) -> None:
        self.world, self.head = world, begin(world)
        self.role = stated(world, self.head, "TA", "20")
        self.it = intervention(world, self.head, "Reading", self.role, **WEEKLY)
        self.page = f"{world.home}roles/{self.role}"
        self.add = f"{self.page}/rates/add"

    def send(self, address: str = "", visitor: Any = None, **fields: str) -> TestResponse:
        given = {"card": "actual", "method": "stated", "per_hour": "22", "award": "no", "estimated": "no"}
        return (visitor or self.head).send(address or self.add, **(given | {"from_people": "no"} | JANUARY | fields))

    def save(self, address: str = "", visitor: Any = None, **fields: str) -> str:
        """Sends a form, and says yes where it asks."""
        answer = self.send(address, visitor, **fields)
        if answer.status_code == 200:
            answer = self.send(address, visitor, **(fields | {"confirm": confirm_of(answer), "step": "save"}))
        assert answer.status_code == 302, answer.text
        return str(answer.location)

    def rates(self) -> list[RateRow]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return rows_of(db, RateRow, self.world.school.id, role_id=self.role)

    def audited(self) -> int:
        with self.world.app.extensions["vfm_database"].read() as db:
            return db.query(AuditRow).count()  # type: ignore[no-any-return]

    def total(self, visitor: Visitor | None = None) -> str:
        page = (visitor or self.head).get(self.world.home + "provision-map/").text
        found = re.search(r'>Total</th>.*?--numeric">(£[\d,.]+)', page)
        assert found is not None
        return found[1]


def confirm_of(answer: TestResponse) -> str:
    found = re.search(r'name="confirm" value="([^"]+)"', answer.text)
    assert found is not None, answer.text
    return found[1]


def typed_of(answer: TestResponse) -> dict[str, str]:
    """The hidden fields of the page that asks."""
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text)
    return {name.replace("-", "__"): value for name, value in pairs if name != "csrf_token"}


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_a_dated_rate_is_shown_with_its_effect_and_kept_once_it_is_confirmed(office: Office) -> None:
    before = office.audited()
    asked = office.send()
    assert asked.status_code == 200
    told = re.search(r"The provision map would cost £([\d.]+) instead of £760\.00: £([\d.]+) more\.", asked.text)
    assert told is not None
    assert 760 < float(told[1]) < 836
    assert round(float(told[1]) - 760, 2) == float(told[2])
    assert len(office.rates()) == 1
    assert office.audited() == before, "nothing was stored"
    sent = office.head.send(office.add, **(typed_of(asked) | {"step": "save"}))
    assert sent.status_code == 302
    assert sent.location.endswith(office.page)
    assert [str(rate.starts) for rate in office.rates()] == ["None", "2027-01-04"]
    assert office.total() == f"£{told[1]}"


def test_going_back_keeps_what_was_typed_and_stores_nothing(office: Office) -> None:
    back = office.head.send(office.add, **(typed_of(office.send(per_hour="23.1234")) | {"step": "back"}))
    assert back.status_code == 200
    assert 'value="23.1234"' in back.text
    assert 'value="2027"' in back.text
    assert "There is a problem" not in back.text
    assert len(office.rates()) == 1


def test_a_yes_to_other_figures_than_those_of_now_is_asked_again(office: Office) -> None:
    asked = office.send()
    intervention(office.world, office.head, "Writing", office.role, **WEEKLY)
    again = office.head.send(office.add, **(typed_of(asked) | {"step": "save"}))
    assert again.status_code == 200
    assert "instead of £1,520.00" in again.text
    assert len(office.rates()) == 1


def test_what_changes_no_total_is_saved_without_asking(office: Office) -> None:
    assert office.send(starts__year="2029").status_code == 302
    assert office.send(card="authority", per_hour="15", starts__year="2030").status_code == 302


def test_where_there_is_no_map_nothing_is_asked(world: World) -> None:
    head = begin(world)
    made = stated(world, head, "TA", "20")
    given = {"card": "actual", "method": "stated", "per_hour": "22", "award": "no", "estimated": "no"}
    put(head, f"{world.home}roles/{made}/rates/add", from_people="no", **(given | JANUARY))


def test_a_change_on_the_roles_own_page_is_shown_before_it_is_saved(office: Office) -> None:
    typed = {
        "version": "1", "name": "TA", "teacher": "no", "actual_method": "stated", "actual_per_hour": "18.50",
        "actual_from_people": "no", "actual_estimated": "no", "authority_method": "",
    }  # fmt: skip
    asked = office.head.send(office.page, **typed)
    assert "would cost £703.00 instead of £760.00: £57.00 less." in asked.text
    assert office.total() == "£760.00"
    assert office.head.send(office.page, **(typed_of(asked) | {"step": "save"})).status_code == 302
    assert office.total() == "£703.00"


def test_the_authoritys_total_has_a_sentence_of_its_own(office: Office) -> None:
    asked = office.send(card="authority", per_hour="15", starts__day="", starts__month="", starts__year="")
    assert (
        "On the authority&#39;s rates the provision map would cost £570.00 instead of an amount that is not known"
        in asked.text
    )
    assert '<p class="govuk-body-l">The provision map would' not in asked.text


def test_two_rates_from_one_day_on_one_card_are_refused_beside_the_day(office: Office) -> None:
    office.save()
    for day in ({}, {"starts__day": "", "starts__month": "", "starts__year": ""}):
        page = refused(office.send(per_hour="24", **day))
        assert "There is already a rate of this role" in page
        assert 'href="#starts-day"' in page
        assert 'value="24"' in page
    assert office.send(card="authority", per_hour="15").status_code == 200
    assert len(office.rates()) == 2


def test_the_roles_form_leaves_dated_rates_alone(office: Office) -> None:
    office.save()
    typed = {"name": "Assistant", "teacher": "no", "actual_method": "stated", "actual_per_hour": "20"}
    typed |= {"actual_from_people": "no", "actual_estimated": "no", "authority_method": ""}
    version = re.search(r'name="version" value="(\d+)"', office.head.get(office.page).text)
    assert version is not None
    assert office.head.send(office.page, version=version[1], **typed).status_code == 302
    assert [(str(rate.starts), rate.per_hour) for rate in office.rates()] == [
        ("None", Decimal(20)),
        ("2027-01-04", Decimal(22)),
    ]
    page = words(office.head.get(office.page).text)
    assert "Since ever" in page
    assert "From 4 January 2027" in page


def test_a_roles_form_from_before_a_change_of_its_rates_is_a_conflict(office: Office) -> None:
    office.save()
    typed = {"name": "TA", "teacher": "no", "actual_method": "stated", "actual_per_hour": "20"}
    assert office.head.send(office.page, version="1", actual_from_people="no", **typed).status_code == 409


def test_a_dated_rate_is_changed_and_removed_after_it_was_weighed(office: Office) -> None:
    office.save()
    rate = f"{office.page}/rates/{office.rates()[1].id}"
    assert 'value="22.00"' in office.head.get(rate).text
    office.save(rate, version="1", per_hour="21")
    assert office.rates()[1].per_hour == 21
    asked = office.head.send(f"{rate}/remove")
    assert "instead of" in asked.text
    assert len(office.rates()) == 2
    kept = office.head.send(f"{rate}/remove", step="back")
    assert "Remove “TA: actual cost, from 4 January 2027”?" in words(kept.text)
    done = office.head.send(f"{rate}/remove", confirm=confirm_of(asked), step="save")
    assert done.location.endswith(f"{office.page}/rates/")
    assert len(office.rates()) == 1
    assert "Rates over time" in office.head.get(done.location).text


def test_an_award_has_a_line_of_its_own_until_agreed_an_estimate(office: Office) -> None:
    office.save(award="yes", estimated="yes")
    for page in ("roles/", "spending/"):
        shown = words(office.head.get(office.world.home + page).text)
        card = shown.partition("Effect of pay awards</span>")[2][:400]
        assert re.search(r"vfm-card__value\">£\d\d\.\d\d<", card), page
        assert "Estimated" in card
    assert "pay awards make up" in office.head.get(office.world.home + "provision-map/").text
    rate = f"{office.page}/rates/{office.rates()[1].id}"
    assert office.send(rate, version="1", award="yes", estimated="no").status_code == 302


def test_an_award_needs_an_earlier_rate_on_its_card(office: Office) -> None:
    assert "enter the earlier rate first" in refused(office.send(award="yes", card="authority"))
    since_ever = {"starts__day": "", "starts__month": "", "starts__year": ""}
    assert "enter the earlier rate first" in refused(office.send(award="yes", **since_ever))


def test_a_rate_from_pay_takes_an_award_in_percent(world: World) -> None:
    head = begin(world)
    made = role(world, head, "Mentor", actual_method="from-pay", authority_method="stated", authority_per_hour="19")
    person(world, head, "Mo", made, **TA_PAY)
    intervention(world, head, "Mentoring", made, **WEEKLY)
    fields = {"card": "actual", "method": "from-pay", "award_percent": "10", "award": "yes", "estimated": "yes"}
    asked = head.send(f"{world.home}roles/{made}/rates/add", **(fields | JANUARY))
    assert "instead of £774.32" in asked.text
    put(head, f"{world.home}roles/{made}/rates/add", **(typed_of(asked) | {"step": "save"}))
    page = words(head.get(f"{world.home}roles/{made}").text)
    assert "From pay, by weekly hours × weeks, with 10% on top" in page
    assert "£22.49" in page


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"per_hour": ""}, "per_hour", "Enter it as well"),
        ({"per_hour": "NaN"}, "per_hour", "enter an amount"),
        ({"method": "weekly-hour", "weekly_hour_price": "600"}, "weeks", "Enter it as well"),
        ({"method": "from-pay", "card": "authority"}, "method", "never worked out"),
        ({"award_percent": "3"}, "award_percent", "on top of pay"),
        ({"from_people": "yes"}, "people", "how many"),
        ({"from_people": ""}, "from_people", "where the rate comes from"),
        ({"from_people": "yes", "people": "2"}, "people", "published pay point"),
        ({"method": "from-pay"}, "method", "published pay point"),
        ({"starts__day": "31", "starts__month": "2"}, "starts-day", "real date"),
        ({"card": "?"}, "card", "Choose one"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    office: Office, fields: dict[str, str], field: str, message: str
) -> None:
    page = refused(office.send(**fields))
    assert message in page
    assert f'href="#{field}"' in page
    assert len(office.rates()) == 1


def test_a_role_without_a_rate_before_a_day_says_so_everywhere(world: World) -> None:
    head = begin(world)
    made = role(world, head, "HLTA")
    it = intervention(world, head, "Reading", made, **WEEKLY)
    office = Office.__new__(Office)
    office.world, office.head, office.role, office.add = world, head, made, f"{world.home}roles/{made}/rates/add"
    office.save()
    told = "No rate before 4 January 2027 for HLTA"
    for page in ("provision-map/", f"provision-map/{it}/costed", "submission/draft"):
        assert told in words(head.get(world.home + page).text), page


def test_an_intervention_shows_each_rate_with_its_days_card_and_method(office: Office) -> None:
    office.save()
    page = words(office.head.get(f"{office.world.home}provision-map/{office.it}/costed").text)
    assert "Until 3 January 2027: 1 × " in page
    assert "at £20.00 an hour (actual cost, stated)" in page
    assert "From 4 January 2027: 1 × " in page
    assert "at £22.00 an hour (actual cost, stated)" in page


def test_map_stage_and_plan_say_how_many_roles_use_which_card_and_method(office: Office) -> None:
    theirs = role(office.world, office.head, "Nurse", authority_method="stated", authority_per_hour="15")
    intervention(office.world, office.head, "Care", theirs, **WEEKLY)
    told = "actual cost, stated (1 role); authority's rate, stated (1 role)"
    for page in ("provision-map/", "spending/", "submission/draft"):
        assert told in words(office.head.get(office.world.home + page).text), page


def test_the_senco_gives_dated_rates_to_an_open_role_and_never_from_pay(office: Office) -> None:
    senco = office.world.signed_in("senco")
    page = senco.get(office.add).text
    assert "from-pay" not in page
    assert "award_percent" not in page
    assert 'name="people"' not in page
    assert office.send(visitor=senco, method="from-pay").status_code == 400
    office.save(visitor=senco, people="1")
    assert office.rates()[1].people is None


@pytest.mark.parametrize("when", ["first", "later"])
def test_a_role_with_any_private_rate_is_closed_to_the_senco(world: World, when: str) -> None:
    head = begin(world)
    made = role(world, head, "Mentor", pay_point="13")
    days: dict[str, Any] = {"first": {}, "later": JANUARY}
    for turn, few in (("first", when == "first"), ("later", when == "later")):
        fields = {"card": "actual", "method": "stated", "per_hour": "20.38", "award": "no", "estimated": "no"}
        put(
            head, f"{world.home}roles/{made}/rates/add", from_people="yes" if few else "no", people="1" if few else "",
            **(fields | days[turn]),
        )  # fmt: skip
    senco = world.signed_in("senco")
    for address in ("", "/rates/", "/rates/add"):
        assert senco.get(f"{world.home}roles/{made}{address}").status_code == 403
    shown = senco.get(world.home + "roles/").text
    assert "Seen by leadership only" in shown
    assert row_id(world, StaffRoleRow, "Mentor") == made


def test_another_roles_rate_and_one_that_never_was_are_not_found(office: Office) -> None:
    other = stated(office.world, office.head, "Nurse", "30")
    rate = office.rates()[0].id
    for address in (f"roles/{other}/rates/{rate}", f"roles/{1 << 63}/rates/", f"roles/5/rates/{rate}"):
        assert office.head.get(office.world.home + address).status_code == 404


def test_the_official_figures_are_open_and_say_where_and_when_each_was_read(world: World) -> None:
    page = words(world.visitor().get("/official-figures").text)
    for told in (
        "15%",
        "£5,000",
        "6 April 2025",
        "28.68%",
        "1,265 hours",
        "52.143",
        "37 hours",
        "Anthony Collins",
        "24 November 2026",
        "As this tool uses it",
        "Nothing to check against",
    ):
        assert told in page

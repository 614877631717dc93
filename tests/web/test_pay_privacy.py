"""Nobody but leadership can work out what one or two people are paid, from anything that is shown to them."""

import re

import pytest

from tests.web.entering import TA_PAY, begin, intervention, person, pupil, put, role, row_id, stated, submit, text_of
from tests.world import YEAR, Visitor, World
from vfm.store.rows import row_of
from vfm.store.staff import StaffRoleRow, StaffRow

RATE, TOTAL = "20.38", "774.32"  # an hour from the worked pay, and 38 of them
AUTHORITY, SUBSTITUTE = "19.00", "722.00"  # the authority's rate, and 38 of them
OPEN_COST = "836.00"  # 38 hours at £22, which anybody may see
FIGURE = re.compile(r"£(-?[\d,]+\.\d\d)")
LINK = re.compile(r'href="(/[^"#?]*)')


def _private_role(world: World, head: Visitor, people: int = 1, **fields: str) -> int:
    given = {"actual_method": "from-pay", "authority_method": "stated", "authority_per_hour": "19"} | fields
    made = role(world, head, "Mentor", **given)
    for number in range(people):
        person(world, head, f"Mentor {number}", made, **TA_PAY)
    return made


def _school(world: World, people: int = 1) -> tuple[Visitor, int]:
    """A mentor's hour a week, and as much time off the map, beside an hour that anybody may see, and a ledger to compare
    with; returns the head and the mentor's intervention.
    """
    head = begin(world)
    weekly = {"sessions_a_week": "1", "weeks": "38", "group_size": "4", "group_with_sen": "4"}
    mentor = _private_role(world, head, people)
    mentoring = intervention(world, head, "Mentoring", mentor, **weekly)
    _time(world, head, mentor, "38")
    put(
        head, world.home + "ledger/add", name="Support staff", amount="9,123.45", sen_share="100", ground="Timetable",
        estimated="no",
    )  # fmt: skip
    intervention(world, head, "Reading", stated(world, head, "HLTA", "22"), **weekly)
    put(head, world.home + "funding/toy-figure", version="0", choice="no", note="No figure yet")
    put(head, world.home + "plan/write")
    return head, mentoring


def _time(world: World, visitor: Visitor, role_id: int, hours: str, **more: str) -> None:
    given = {"name": f"{hours} hours", "kind": "reviews", "role_id": str(role_id), "hours": hours, "paid": "no"}
    put(visitor, world.home + "time/add", **(given | {"sen_share": "100", "estimated": "no"} | more))


def _crawl(visitor: Visitor, *starts: str) -> dict[str, str]:
    """Every page that links lead to, by address; PDFs as their text. What leads out of the account is left alone."""
    seen: dict[str, str] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("/assets", "/account/sign-out")):
            continue
        answer = visitor.client.get(address, follow_redirects=True)
        is_page = answer.content_type.startswith("text/html") and answer.status_code == 200
        is_pdf = answer.content_type == "application/pdf"
        seen[address] = text_of(answer.data) if is_pdf else answer.text if is_page else ""
        waiting += LINK.findall(answer.text) if is_page else []
    return {address: text for address, text in seen.items() if text}


def _amounts(text: str) -> set[int]:
    return {round(float(found.replace(",", "")) * 100) for found in FIGURE.findall(text)}


def _after_the_award() -> dict[int, str]:
    """The rate with an award of ten per cent, and the year's pay with it."""
    return {2249: "the rate with the award", 2136873: "the pay with the award"}


def _gives_away(amounts: set[int]) -> list[str]:
    """How the rate could be had from amounts (pence): from one of them, or as the difference of two."""
    secrets = {
        2038: "the rate",
        77432: "38 hours",
        19358: "a quarter of it",
        1935794: "the pay",
        5232: "the difference",
        **_after_the_award(),
    }
    found = [words for amount in amounts for secret, words in secrets.items() if abs(amount - secret) <= 1]
    apart = {abs(one - other) for one in amounts for other in amounts}
    return found + [
        f"two figures differ by {words}" for secret, words in secrets.items() if {secret, secret + 1} & apart
    ]


@pytest.mark.slow
def test_no_page_that_others_can_open_gives_the_rate_away(world: World) -> None:
    head, mentoring = _school(world)
    submit(world, head)
    home = world.home
    submitted = [
        home + page for page in ("submission/draft", "submission/draft.pdf", "submission/1", "submission/1.pdf")
    ]
    advising = f"/authority/{world.authority.slug}/"
    starts = {
        "senco": [
            home,
            *submitted,
            home + "roles/",
            home + "staff/",
            f"{home}provision-map/{mentoring}/costed",
            home + "bridge/",
            home + "time/",
            home + "deployment/",
        ],
        "teacher": [f"/school/{world.school.slug}/"],
        "governor": [f"/school/{world.school.slug}/"],
        "adviser": [advising, f"{advising}{world.school.slug}/{YEAR}/1", f"{advising}{world.school.slug}/{YEAR}/1.pdf"],
    }
    for who, addresses in starts.items():
        pages = _crawl(world.signed_in(who), *addresses)
        assert set(addresses) <= set(pages), f"{who} could not open {set(addresses) - set(pages)}"
        for address, text in pages.items():
            assert RATE not in text and TOTAL not in text, f"{who} at {address}"
        assert not _gives_away(set().union(*map(_amounts, pages.values()))), who


@pytest.mark.slow
def test_the_check_itself_finds_what_leadership_is_shown(world: World) -> None:
    head, mentoring = _school(world)
    home = world.home
    pages = _crawl(head, home, home + "roles/", f"{home}provision-map/{mentoring}/costed")
    found = _gives_away(set().union(*map(_amounts, pages.values())))
    assert {"the rate", "38 hours", "the difference", "a quarter of it"} <= set(found)
    assert len(pages) > 60


def test_leaderships_total_holds_the_rate_and_everybody_elses_the_substitute(world: World) -> None:
    head, _ = _school(world)
    for_head = head.get(world.home + "provision-map/").text
    for_senco = world.signed_in("senco").get(world.home + "provision-map/").text
    assert f"£{TOTAL}" in for_head and "£1,610.32" in for_head
    assert "the total holds £52.32 more than everybody else is shown" in for_head
    assert f"£{SUBSTITUTE}" in for_senco and "£1,558.00" in for_senco
    assert "Costed at a substitute rate." in for_senco
    assert "more than everybody else is shown" not in for_senco


def test_the_draft_is_at_the_substitute_rate_for_the_head_as_well(world: World) -> None:
    head, _ = _school(world)
    for text in (
        head.get(world.home + "submission/draft").text,
        text_of(head.get(world.home + "submission/draft.pdf").data),
        submit(world, head).plan,
    ):
        assert f"£{SUBSTITUTE}*" in text and "£1,558.00" in text
        assert not _gives_away(_amounts(text))


def test_time_off_the_map_costs_the_substitute_for_everybody_but_leadership(world: World) -> None:
    head, _ = _school(world)
    senco = world.signed_in("senco")
    for page in ("time/", "bridge/"):
        assert f"£{TOTAL}<" in head.get(world.home + page).text
        shown = senco.get(world.home + page).text
        assert f"£{SUBSTITUTE}*" in shown
        assert "in place of a rate that would give away" in shown or "stands in its place" in shown
        assert not _gives_away(_amounts(shown))
    assert "38 hours of Mentor at £19.00 an hour (authority" in senco.get(world.home + "bridge/").text


def test_hours_off_the_map_that_the_senco_changes_move_nothing_by_the_private_rate(world: World) -> None:
    _school(world)
    senco, mentor = world.signed_in("senco"), row_id(world, StaffRoleRow, "Mentor")
    pages = [world.home + page for page in ("bridge/", "time/", "budget/", "submission/draft")]
    before = _crawl_only(senco, pages)
    _time(world, senco, mentor, "76")
    after = _crawl_only(senco, pages)
    for page in pages:
        grown = {abs(one - other) for one in _amounts(after[page]) for other in _amounts(before[page])}
        assert 144400 in grown, f"{page}: by 76 hours of the substitute"
        assert not {154863, 154864, 154865, 77432, 5232, 10463, 10464} & grown, f"{page}: never by the private rate"


def test_paid_hours_tell_how_many_weeks_are_paid_and_nothing_of_the_pay(world: World) -> None:
    head, _ = _school(world)
    mentor = row_id(world, StaffRoleRow, "Mentor")
    _time(world, head, mentor, "44.6", paid="yes")  # 44.6 paid weeks are 38 at school
    both = sorted(_amounts(head.get(world.home + "time/").text))  # the odd penny is shared out, so that they add up
    assert both == [77431, 77432, 154863]
    shown = world.signed_in("senco").get(world.home + "time/").text
    assert shown.count(f"£{SUBSTITUTE}*") == 2
    assert not _gives_away(_amounts(shown))


def test_time_of_a_private_role_that_nothing_may_stand_in_for_is_left_out_and_named(world: World) -> None:
    head = begin(world)
    made = _private_role(world, head, authority_method="", authority_per_hour="", pay_point="13.26")
    _time(world, head, made, "38")
    with world.app.extensions["vfm_database"].write.begin() as db:
        row = row_of(db, StaffRoleRow, world.school.id, made)
        assert row is not None
        row.pay_point = None
    assert f"£{TOTAL}" in head.get(world.home + "bridge/").text
    shown = world.signed_in("senco").get(world.home + "bridge/").text
    assert "for: Mentor. Their time is in no line" in shown
    assert TOTAL not in shown and RATE not in shown


def test_minutes_changed_by_the_senco_move_nothing_by_the_private_rate(world: World) -> None:
    _, mentoring = _school(world)
    senco = world.signed_in("senco")
    values = {
        "tier": "targeted", "time_kind": "intervention", "name": "Mentoring", "number_1": "1", "basis": "shared",
        "where": "in", "estimated": "no", "sessions_a_week": "1", "weeks": "38", "group_size": "4",
        "group_with_sen": "4",
    }  # fmt: skip
    pages = [world.home + "provision-map/", f"{world.home}provision-map/{mentoring}/costed"]
    pages += [world.home + f"{stage}/" for stage in ("spending", "budget", "provision", "outcomes")]
    before = _crawl_only(senco, pages)
    mentor = re.search(r'value="(\d+)" selected', senco.get(f"{world.home}provision-map/{mentoring}").text)
    assert mentor is not None
    put(senco, f"{world.home}provision-map/{mentoring}", version="1", giver_1=mentor[1], minutes="120", **values)
    after = _crawl_only(senco, pages)
    assert before != after and "£2,280.00" in after[pages[0]]
    grown = {one - other for page in pages for one in _amounts(after[page]) for other in _amounts(before[page])}
    assert 72200 in grown, "by 38 hours of the substitute"
    assert not {77431, 77432, 77433, 5232, 5231, 5233} & grown, "never by 38 hours of the private rate"


def _crawl_only(visitor: Visitor, pages: list[str]) -> dict[str, str]:
    return {address: visitor.get(address).text for address in pages}


@pytest.mark.parametrize(("people", "seen"), [(2, AUTHORITY), (3, RATE)])
def test_two_people_are_private_and_three_are_not(world: World, people: int, seen: str) -> None:
    _school(world, people)
    senco = world.signed_in("senco")
    page = senco.get(world.home + "roles/").text
    assert ("Seen by leadership only" in page) is (people == 2)
    assert f"£{seen}" in page
    assert (RATE in page) is (people == 3)
    cost = SUBSTITUTE if people == 2 else TOTAL
    assert f"£{cost}" in senco.get(world.home + "provision-map/").text


def test_three_on_the_list_are_two_where_one_has_no_pay_entered(world: World) -> None:
    head, _ = _school(world, 2)
    mentor = row_id(world, StaffRoleRow, "Mentor")
    person(world, head, "Unpaid", mentor, weekly_hours="25")
    assert "Seen by leadership only" in world.signed_in("senco").get(world.home + "roles/").text


def test_a_role_without_authority_rate_goes_by_its_pay_point(world: World) -> None:
    head = begin(world)
    made = _private_role(world, head, authority_method="", authority_per_hour="", pay_point="13.26")
    intervention(world, head, "Mentoring", made)
    page = world.signed_in("senco").get(world.home + "provision-map/").text
    assert "£13.26" in page
    assert RATE not in page


def test_the_senco_cannot_open_or_remove_a_private_role_nor_enter_pay(world: World) -> None:
    _school(world)
    senco, mentor = world.signed_in("senco"), row_id(world, StaffRoleRow, "Mentor")
    for address in (f"roles/{mentor}", f"roles/{mentor}/remove"):
        assert senco.get(world.home + address).status_code == 403
    shown = senco.get(f"{world.home}staff/{row_id(world, StaffRow, 'Mentor 0')}").text
    assert "salary" not in shown and "25,583" not in shown


def test_the_senco_cannot_single_a_person_out_of_a_pooled_rate(world: World) -> None:
    """Moving one of three paid people to another role, or taking her hours away, would leave the rate of the others."""
    _school(world, 3)
    senco, mentor = world.signed_in("senco"), row_id(world, StaffRoleRow, "Mentor")
    address = f"{world.home}staff/{row_id(world, StaffRow, 'Mentor 0')}"
    answer = senco.send(address, version="1", name="Mentor 0", role_id=str(mentor), weekly_hours="0.01")
    assert answer.status_code == 400
    assert "leadership" in answer.text
    assert senco.send(address, version="1", name="New name", role_id=str(mentor), weekly_hours="25").status_code == 302
    assert senco.send(f"{address}/remove").status_code == 403
    assert f"£{RATE}" in senco.get(world.home + "roles/").text


def _award(world: World, head: Visitor) -> str:
    """A pay award of ten per cent for the one mentor, from January; returns what leadership was asked."""
    address = f"{world.home}roles/{row_id(world, StaffRoleRow, 'Mentor')}/rates/add"
    fields = {"card": "actual", "method": "from-pay", "award_percent": "10", "award": "yes", "estimated": "yes"}
    fields |= {"starts__day": "4", "starts__month": "1", "starts__year": "2027"}
    asked = head.send(address, **fields)
    confirm = re.search(r'name="confirm" value="([^"]+)"', asked.text)
    assert confirm is not None
    put(head, address, **(fields | {"confirm": confirm[1], "step": "save"}))
    return asked.text


def _mentored(world: World, head: Visitor, mentoring: int) -> int:
    """A pupil who is mentored alone, so that the claim view is about the mentor's whole hour."""
    ann = pupil(world, head, "Ann")
    put(head, f"{world.home}provision-map/{mentoring}/pupils", **{f"in-{ann}": "y"})
    return ann


@pytest.mark.slow
def test_neither_an_award_nor_the_preview_nor_the_claim_gives_a_private_rate_away(world: World) -> None:
    head, mentoring = _school(world)
    ann = _mentored(world, head, mentoring)
    asked = _award(world, head)
    found = re.search(r"would cost £([\d,.]+) instead of £1,610\.32: £([\d.]+) more", asked)
    assert found is not None, "leadership is told what the award costs"
    submit(world, head)
    senco, home = world.signed_in("senco"), world.home
    pages = _crawl(
        senco, home, home + "roles/", f"{home}claims/{ann}", f"{home}provision-map/{mentoring}/costed",
        home + "submission/draft", home + "submission/1.pdf",
    )  # fmt: skip
    assert f"{home}claims/" in pages
    every = set().union(*map(_amounts, pages.values()))
    effect = round(float(found[2]) * 100)
    assert not {effect - 1, effect, effect + 1, 2249} & every
    assert not _gives_away(every)
    assert not any("Effect of pay awards" in text or "10% on top" in text for text in pages.values())
    told = "".join(_crawl_only(head, [home + "roles/", home + "spending/"]).values())
    assert f"£{found[2]}" in told, "leadership has it on a line of its own"


def test_the_senco_meets_no_dated_rate_of_a_private_role(world: World) -> None:
    head, _ = _school(world)
    _award(world, head)
    senco, mentor = world.signed_in("senco"), row_id(world, StaffRoleRow, "Mentor")
    for address in (f"roles/{mentor}", f"roles/{mentor}/rates/", f"roles/{mentor}/rates/add"):
        assert senco.get(world.home + address).status_code == 403
    page = senco.get(world.home + "roles/").text
    assert "Actual cost from 4 January 2027: Seen by leadership only" in page
    assert "£22.49" not in page and RATE not in page


def test_a_preview_for_the_senco_is_made_of_what_the_senco_may_see(world: World) -> None:
    """The total that she is asked about holds the substitute for the mentor, as her map does."""
    _school(world)
    senco, hlta = world.signed_in("senco"), row_id(world, StaffRoleRow, "HLTA")
    fields = {"card": "actual", "method": "stated", "per_hour": "23", "award": "yes", "estimated": "yes"}
    fields |= {"starts__day": "1", "starts__month": "9", "starts__year": "2026"}
    asked = senco.send(f"{world.home}roles/{hlta}/rates/add", **fields)
    assert "would cost £1,596.00 instead of £1,558.00: £38.00 more." in asked.text
    assert not _gives_away(_amounts(asked.text))


def test_a_role_that_grew_or_shrank_tells_others_nothing_by_its_award(world: World) -> None:
    """A rate of three people before an award and of one person after it: the difference would be made of her pay."""
    head = begin(world)
    made = role(
        world, head, "Mentor", actual_method="stated", actual_per_hour="20", actual_from_people="yes",
        actual_people="3", authority_method="stated", authority_per_hour="19",
    )  # fmt: skip
    intervention(world, head, "Mentoring", made, sessions_a_week="1", weeks="38", group_size="4")
    fields = {"card": "actual", "method": "stated", "per_hour": "23.17", "award": "yes", "estimated": "no"}
    fields |= {"from_people": "yes", "people": "1", "starts__day": "4", "starts__month": "1", "starts__year": "2027"}
    address = f"{world.home}roles/{made}/rates/add"
    asked = head.send(address, **fields)
    confirm = re.search(r'name="confirm" value="([^"]+)"', asked.text)
    assert confirm is not None
    put(head, address, **(fields | {"confirm": confirm[1]}))
    senco = world.signed_in("senco")
    for page in ("roles/", "spending/", "provision-map/"):
        text = senco.get(world.home + page).text
        assert "23.17" not in text
        assert "pay awards make up" not in text and "Effect of pay awards" not in text
    assert "Effect of pay awards" in head.get(world.home + "roles/").text

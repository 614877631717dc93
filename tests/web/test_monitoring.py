"""Budget monitoring through the site: the day and the year that are asked for, the lists, the notes, and whose pay it is."""

import re
from decimal import Decimal
from html import unescape

import pytest

from tests.web.entering import begin, intervention, person, pupil, put, role, row_id, stated, text_of
from tests.web.forms import refused, words
from tests.world import Visitor, World
from vfm.store.accounts import SchoolRow
from vfm.store.funds import IncomeRow
from vfm.store.plans import actions_of
from vfm.store.provision import InterventionRow
from vfm.store.reviews import review_of
from vfm.store.rows import rows_of
from vfm.store.staff import StaffRoleRow

CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
TABLE = re.compile(r"<caption[^>]*>(.*?)</caption>(.*?)</table>", re.DOTALL)
NOTIONAL = {
    "kind": "notional", "name": "Notional", "original": "10,000", "sen_share": "100", "estimated": "no",
    "starts__day": "1", "starts__month": "4", "starts__year": "2026", "ends__day": "31", "ends__month": "3",
    "ends__year": "2027",
}  # fmt: skip


def school(world: World, *, academy: bool = True) -> Visitor:
    """Six hours a week at £20 all year and £10,000 of income; an academy's year is one map."""
    if academy:
        with world.app.extensions["vfm_database"].write.begin() as db:
            db.get_one(SchoolRow, world.school.id).academy = True
    head = begin(world)
    given = {"sessions_a_week": "6", "weeks": "38", "group_size": "3", "group_with_sen": "3"}
    intervention(world, head, "Reading", stated(world, head, "TA", "20"), **given)
    days = {"starts__month": "9", "ends__month": "8", "ends__year": "2027"} if academy else {}
    put(head, world.home + "income/add", **(NOTIONAL | {"starts__day": "1", "ends__day": "31"} | days))
    return head


def day(address: str, text: str, financial: int = 2026) -> str:
    d, m, y = text.split()
    return f"{address}?financial={financial}&on-day={d}&on-month={m}&on-year={y}"


def tables(page: str) -> dict[str, list[list[str]]]:
    """The rows of every table by its caption, as words."""
    found = {}
    for caption, rest in TABLE.findall(page):
        rows = [[_plain(cell) for cell in CELL.findall(row)] for row in rest.split("<tr")[1:]]
        found[_plain(caption)] = rows
    return found


def _plain(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", text)).strip()


def pence(text: str) -> int:
    return int(Decimal(text.replace("£", "").replace(",", "")) * 100)


def test_the_page_shows_what_governors_need_as_at_the_day_that_was_chosen(world: World) -> None:
    head = school(world)
    page = head.get(day(world.home + "monitoring/", "31 8 2027")).text
    rows = {row[0]: row[1] for row in tables(page)["Budget, spend and projection"][1:]}
    assert rows == {
        "Original budget": "£10,000.00",
        "Revised budget": "£10,000.00",
        "Revised budget to date, by its profile": "£10,000.00",
        "Actual to date: spent": "£4,560.00",
        "Orders: charged on a later day": "£0.00",
        "Still to run": "£0.00",
        "Estimate to the year’s end": "£4,560.00",
        "Expected income": "£10,000.00",
        "Projected position: income less estimate": "£5,440.00",
        "Spent less the profile to date": "-£5,440.00 (-54.4%)",
        "Estimate less the revised budget": "-£5,440.00 (-54.4%)",
    }
    compared = {row[0].split("\n")[0]: row[1:] for row in tables(page)["What was planned, and what is"][1:]}
    assert compared["Estimate to the year's end against the budget"] == [
        "£10,000.00",
        "£4,560.00",
        "-£5,440.00",
        "-54.4%",
    ]
    for word in ("unspent", "overspen", "underspen", "owed"):
        assert word not in page.lower()


def test_every_printed_list_adds_up_to_its_foot(world: World) -> None:
    head = school(world)
    given = {"sessions_a_week": "1", "weeks": "7", "minutes": "25", "group_size": "3", "group_with_sen": "2"}
    intervention(world, head, "Odd", row_id(world, StaffRoleRow, "TA"), tier="specialist", **given)
    put(
        head,
        world.home + "income/add",
        **(_in_year(NOTIONAL) | {"kind": "top-up", "original": "333.33", "sen_share": "33"}),
    )
    shown = tables(head.get(day(world.home + "monitoring/", "24 11 2026")).text)
    totals = [(caption, rows) for caption, rows in shown.items() if rows[-1][0] == "Total"]
    assert len(totals) == 6, "one list has no foot until next year's income is entered"
    for caption, rows in totals:
        for column in range(1, len(rows[0])):
            amounts = [pence(row[column]) for row in rows[1:]]
            assert sum(amounts[:-1]) == amounts[-1], (caption, rows[0][column])
    for row in shown["Additional, for pupils with SEN"][1:]:
        spent, to_run, ordered, forecast = map(pence, row[1:])
        assert spent + to_run + ordered == forecast


def _in_year(fields: dict[str, str]) -> dict[str, str]:
    return fields | {"starts__month": "9", "ends__day": "31", "ends__month": "8", "ends__year": "2027"}


def test_a_maintained_school_chooses_between_two_years_and_an_academy_has_one(world: World) -> None:
    head = school(world, academy=False)
    page = words(head.get(world.home + "monitoring/").text)
    assert "Financial year 2026 to 2027, 1 April 2026 to 31 March 2027" in page
    assert "Financial year 2027 to 2028, 1 April 2027 to 31 March 2028" in page
    assert "No provision map is entered for 1 April 2026 to 31 August 2026" in page
    following = words(head.get(day(world.home + "monitoring/", "1 5 2027", 2027)).text)
    assert "<h1" in following and "Budget monitoring 2027 to 2028" in following
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.get_one(SchoolRow, world.school.id).academy = True
    page = words(head.get(world.home + "monitoring/").text)
    assert 'type="radio"' not in page
    assert "1 September 2026 to 31 August 2027" in page


@pytest.mark.parametrize(
    "asked",
    [
        "on-day=31&on-month=2&on-year=2026", "on-day=NaN&on-month=1&on-year=2027", "on-day=1", "financial=1999",
        "on-day=1&on-month=9&on-year=1e400", "financial=%00", "financial=" + "9" * 400,
        "on-day=%D9%A3&on-month=1&on-year=2027",
    ],
)  # fmt: skip
def test_a_day_or_a_year_that_cannot_be_is_refused_beside_the_field(world: World, asked: str) -> None:
    head = school(world)
    page = refused(head.get(f"{world.home}monitoring/?{asked}"))
    assert "Budget, spend and projection" not in page
    answer = head.get(f"{world.home}monitoring/report.pdf?{asked}&_external=x&year=7&school=elm")
    assert answer.status_code == 302
    refused(head.get(answer.location))


@pytest.mark.parametrize(("asked", "told"), [("1 9 2030", "31 August 2027"), ("1 1 1999", "the day before it begins")])
def test_a_day_outside_the_year_is_moved_to_its_edge_and_that_is_said(world: World, asked: str, told: str) -> None:
    page = words(school(world).get(day(world.home + "monitoring/", asked)).text)
    assert "is outside the financial year 2026 to 2027: the figures are as at" in page
    assert told in page


def test_where_nothing_is_entered_the_page_says_what_is_needed(world: World) -> None:
    page = begin(world).get(world.home + "monitoring/").text
    assert "There is nothing to monitor in this financial year yet" in page
    assert world.home + "income/" in page and world.home + "provision-map/" in page


def test_the_page_is_reached_from_the_task_list_and_from_stage_3(world: World) -> None:
    head = school(world)
    for address in (world.home, world.home + "budget/"):
        assert f'href="{world.home}monitoring/"' in head.get(address).text
    shown = words(head.get(world.home + "budget/").text)
    assert "Forecast balance, financial year 2026 to 2027" in shown
    assert "What is left for the financial year 2027 to 2028" in shown


NOTE = "monitoring/2026/note/year-end"


def test_a_reason_is_written_shown_changed_and_carried_by_the_action(world: World) -> None:
    head = school(world)
    assert "Write the reason" in head.get(world.home + "monitoring/").text
    assert put(head, world.home + NOTE, version="0", text="Łukasz’s <b>group</b>\nbegan late").endswith("#variances")
    page = head.get(world.home + "monitoring/").text
    assert "&lt;b&gt;group&lt;/b&gt;" in page and "Change the note" in page
    assert "Leadership Person, " in words(page)
    put(head, world.home + NOTE, version="1", text="It began late.")
    put(head, world.home + "plan/write")
    with world.app.extensions["vfm_database"].read() as db:
        review = review_of(db, world.school.id, 2026)
        assert review is not None
        (action,) = (row for row in actions_of(db, review) if row.key == "finding:variance-2026-year-end")
    shown = words(head.get(f"{world.home}plan/{action.id}").text)
    assert "It began late." in shown
    assert f'href="{world.home}monitoring/?financial=2026"' in shown
    assert "It began late." in words(head.get(world.home + "submission/draft").text)


def test_a_note_keeps_to_the_day_of_the_report_that_it_was_opened_from(world: World) -> None:
    head = school(world)
    chosen = "on-day=31&on-month=12&on-year=2026"
    page = head.get(day(world.home + "monitoring/", "31 12 2026")).text.replace("&amp;", "&")
    address = world.home + "monitoring/2026/note/to-date?" + chosen
    assert f'href="{address}"' in page
    form = head.get(address).text
    assert "31 December 2026" in words(form)
    assert chosen in form.replace("&amp;", "&").split("govuk-back-link")[0].rsplit("<a", 1)[1]
    led = head.send(address, version="0", text="It began late.").location
    assert led.endswith(f"monitoring/?financial=2026&{chosen}#variances")
    assert head.get(world.home + "monitoring/2026/note/to-date?on-day=99&on-month=x").status_code == 200


def test_what_lies_between_map_and_ledger_stands_beneath_the_position_with_the_way_to_it(world: World) -> None:
    head = school(world)
    address = day(world.home + "monitoring/", "31 8 2027")
    before = tables(head.get(address).text)
    assert "Not in these figures" not in words(head.get(address).text)
    put(
        head, world.home + "time/add", name="A day", kind="senco", role_id=str(row_id(world, StaffRoleRow, "TA")),
        hours="10", paid="no", sen_share="100", estimated="no",
    )  # fmt: skip
    page = words(head.get(address).text)
    assert "Not in these figures: time not on the map, £200.00. Confirmed." in page
    assert "not explained" not in page, "no ledger has been brought in"
    line = {"name": "Staff", "amount": "10,000", "sen_share": "50", "ground": "Timetable", "estimated": "no"}
    put(head, world.home + "ledger/add", **line)
    page = head.get(address).text
    assert (
        "Not in these figures: not explained between map and ledger, £240.00. The ledger of the year holds more" in page
    )
    for name in ("time", "bridge"):
        assert f'href="{world.home}{name}/"' in page
    typed = {"heading": "never-mapped", "amount": "130", "ground": "Invoices", "estimated": "no"}
    put(head, world.home + "bridge-lines/add", name="Transport", **typed)
    page = words(head.get(address).text)
    assert "Not in these figures: bridge lines that were typed, £130.00. Confirmed." in page
    assert "not explained between map and ledger, £110.00" in page
    assert tables(page) == before, "no figure of the report holds them"


def test_at_the_years_end_the_first_sentence_holds_the_ledger_against_the_income(world: World) -> None:
    head = school(world)
    line = {"name": "Staff", "sen_share": "50", "ground": "Timetable", "estimated": "no"}
    put(head, world.home + "ledger/add", amount="30,000", **line)
    put(head, world.home + "ledger/add", name="Cover", amount="400", estimated="no")
    end, before = day(world.home + "monitoring/", "31 8 2027"), day(world.home + "monitoring/", "30 8 2027")
    page = words(head.get(end).text)
    assert (
        "The ledger’s SEN spend in the year is £15,000.00, £5,000.00 more than the income expected. Lines of £400.00 have no "
        "SEN share yet." in page
    )
    assert "The ledger’s SEN spend" not in words(head.get(before).text), "the ledger of a year that runs is not whole"


def test_without_a_rate_on_the_authoritys_card_no_amount_is_shown_on_it(world: World) -> None:
    head = school(world)
    assert "On the authority’s rates" not in head.get(world.home + "monitoring/").text
    assert "authority’s rates the forecast" not in text_of(head.get(world.home + "monitoring/report.pdf").data)
    listed = head.get(world.home + "provision-map/").text
    assert listed.count("Not known") == 2 and "£0.00" not in listed
    row = row_id(world, InterventionRow, "Reading")
    one = words(head.get(f"{world.home}provision-map/{row}/costed").text)
    assert "The authority’s card has no rate for the staff who give it" in one
    assert "On the authority's rates" not in head.get(world.home + "provision-map/download.csv").text


def test_when_a_colleague_wrote_first_both_notes_are_shown(world: World) -> None:
    head, senco = school(world), world.signed_in("senco")
    put(head, world.home + NOTE, version="0", text="The head’s reason")
    answer = senco.send(world.home + NOTE, version="0", text="The SENCO’s reason")
    assert answer.status_code == 409
    page = words(answer.text)
    assert "The head’s reason" in page and "The SENCO’s reason" in page
    assert 'name="version" value="1"' in page
    put(senco, world.home + NOTE, version="1", text="What both mean")
    late = head.send(world.home + NOTE, version="1", text="Too late")
    assert late.status_code == 409 and "What both mean" in late.text


def test_a_note_that_may_name_a_pupil_is_kept_only_once_a_person_says_so(world: World) -> None:
    head = school(world)
    pupil(world, head, "Saoirse Beauvais")
    page = refused(head.send(world.home + NOTE, version="0", text="Because Saoirse left"))
    assert "A pupil might be named" in page and '<strong class="vfm-words">Saoirse</strong>' in page
    put(head, world.home + NOTE, version="0", text="Because Saoirse left", names_read="y")


def test_an_empty_a_long_and_a_hostile_note(world: World) -> None:
    head = school(world)
    refused(head.send(world.home + NOTE, version="0", text="  "))
    refused(head.send(world.home + NOTE, version="0", text="x" * 2_001))
    put(head, world.home + NOTE, version="0", text="<script>alert(1)</script>\x00 =1+1 " + "x" * 900)
    assert "<script>alert" not in head.get(world.home + "monitoring/").text
    heard = text_of(head.get(world.home + "monitoring/report.pdf").data)
    assert "<script>alert(1)</script> =1+1" in heard
    assert head.send(world.home + NOTE, version="none", text="No version").status_code == 409


@pytest.mark.parametrize("address", ["2025/note/year-end", "2026/note/nothing", "9999999999999999999/note/year-end"])
def test_a_note_on_what_is_no_variance_of_this_review_is_not_found(world: World, address: str) -> None:
    assert school(world).get(f"{world.home}monitoring/{address}").status_code == 404


MONTHS = {"profile": "months", "september": "3", "january": "1"}


def test_a_profile_of_months_that_was_typed_is_what_the_budget_to_date_goes_by(world: World) -> None:
    head = school(world)
    line = row_id(world, IncomeRow, "Notional")
    put(head, f"{world.home}income/{line}", version="1", **(_in_year(NOTIONAL) | MONTHS))
    for asked, amount in (("15 9 2026", "£3,750.00"), ("30 9 2026", "£7,500.00"), ("31 1 2027", "£10,000.00")):
        rows = tables(head.get(day(world.home + "monitoring/", asked)).text)["Budget, spend and projection"]
        assert dict((row[0], row[1]) for row in rows)["Revised budget to date, by its profile"] == amount, asked
    page = head.get(f"{world.home}income/{line}").text
    assert re.search(r'name="september"[^>]*value="3"', page)
    assert '<details class="govuk-details" open>' in page
    assert "By our own months" in words(head.get(world.home + "income/").text)
    put(head, f"{world.home}income/{line}", version="2", **(_in_year(NOTIONAL) | {"profile": "evenly"}))
    rows = tables(head.get(day(world.home + "monitoring/", "28 2 2027")).text)["Budget, spend and projection"]
    assert rows[3][1] == "£5,000.00", "six of twelve months"


def test_months_without_any_part_and_rubbish_in_a_month_are_refused_beside_the_field(world: World) -> None:
    head = school(world)
    typed = _in_year(NOTIONAL)
    for months in ({}, {"may": "0"}):
        page = refused(head.send(world.home + "income/add", **typed, profile="months", **months))
        assert 'href="#january"' in page and '<details class="govuk-details" open>' in page
    page = refused(head.send(world.home + "income/add", **typed, may="-1", june="1e9"))
    assert 'href="#may"' in page and 'href="#june"' in page and 'value="1e9"' in page
    assert '<details class="govuk-details" open>' in page
    refused(head.send(world.home + "income/add", **typed, profile="nonsense"))


def test_a_top_up_stops_on_the_day_that_is_entered_on_the_pupils_page(world: World) -> None:
    head = school(world)
    ann = pupil(world, head, "Ann")
    typed = _in_year(NOTIONAL) | {"kind": "top-up", "name": "Top-up", "original": "365", "pupil_id": str(ann)}
    put(head, world.home + "income/add", **typed)
    gone = {"left__day": "10", "left__month": "9", "left__year": "2026"}
    put(head, f"{world.home}pupils/{ann}", version="1", name="Ann", year_group="4", status="K", **gone)
    assert "£10.00" in head.get(world.home + "income/").text
    rows = {
        row[0].split("\n")[0]: row[1:]
        for row in tables(head.get(world.home + "monitoring/").text)["Income of the year"]
    }
    top_up = rows["Top-up funding for a pupil"]
    assert [top_up[0], top_up[3]] == ["£365.00", "£10.00"]
    sooner = gone | {"joined__day": "11", "joined__month": "9", "joined__year": "2026"}
    page = refused(
        head.send(f"{world.home}pupils/{ann}", version="2", name="Ann", year_group="4", status="K", **sooner)
    )
    assert "The last day must not be before the first day" in page


def test_the_pdf_and_everybody_but_leadership_are_given_the_substitute_rate(world: World) -> None:
    head = school(world)
    mentor = role(
        world, head, "Mentor", actual_method="from-pay", authority_method="stated", authority_per_hour="19",
    )  # fmt: skip
    person(
        world, head, "Mentor", mentor, weekly_hours="25", salary="25,583", full_time_hours="37", paid_weeks="44.6",
        pension_percent="21",
    )  # fmt: skip
    given = {"sessions_a_week": "1", "weeks": "38", "group_size": "4", "group_with_sen": "4"}
    intervention(world, head, "Mentoring", mentor, tier="specialist", **given)
    address = day(world.home + "monitoring/", "31 8 2027")
    for_head, for_senco = head.get(address).text, world.signed_in("senco").get(address).text
    assert "£774.32" in for_head and "You are shown actual rates" in for_head
    assert "£774.32" not in for_senco and "£722.00" in for_senco and "You are shown actual rates" not in for_senco
    for who in ("leadership", "senco"):
        pdf = world.signed_in(who).get(day(world.home + "monitoring/report.pdf", "31 8 2027"))
        assert pdf.content_type == "application/pdf"
        assert "budget-monitoring-" in pdf.headers["Content-Disposition"]
        text = text_of(pdf.data)
        assert "£722.00" in text and "774.32" not in text
        assert "in place of a rate that is not shown" in " ".join(text.split())


def test_the_income_of_a_line_goes_through_its_form_with_all_three_amounts(world: World) -> None:
    head = school(world)
    put(
        head,
        world.home + "income/add",
        **(_in_year(NOTIONAL) | {"name": "Three", "revised": "9,000", "expected": "8,000"}),
    )
    with world.app.extensions["vfm_database"].read() as db:
        (row,) = (each for each in rows_of(db, IncomeRow, world.school.id) if each.name == "Three")
    assert [row.original, row.revised, row.expected, row.profile] == [10_000, 9_000, 8_000, "pupil-days"]
    rows = tables(head.get(world.home + "monitoring/").text)["Income of the year"]
    assert next(row for row in rows if row[0] == "Total")[1:3] == ["£20,000.00", "£19,000.00"]

"""One map in three ways: filtered by its address, pupil by pupil, by member of staff and week; every sum is of what is shown."""

import csv
import io
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from tests.web.entering import begin, intervention, person, pupil, put, stated
from tests.web.forms import words
from tests.web.test_queries import count
from tests.world import Visitor, World
from vfm.store.accounts import SchoolRow
from vfm.store.provision import GiverRow
from vfm.store.pupils import PupilRow

MAP, BY_PUPIL, BY_STAFF = "provision-map/", "provision-map/by-pupil/", "provision-map/by-staff/"
WITHDRAWN = {"where": "out", "lesson": "Music", "withdrawn_why": "A quiet room is needed"}


def plain(page: str) -> str:
    """The words of a page without its marks."""
    return (
        " ".join(re.sub(r"<[^>]*>", " ", words(page)).split()).replace(" .", ".").replace(" ,", ",").replace(" ;", ";")
    )


def takes_part(world: World, head: Visitor, line: int, *pupils: int) -> None:
    put(head, f"{world.home}{MAP}{line}/pupils", **{f"in-{each}": "y" for each in pupils})


def pays(world: World, head: Visitor, line: int, top_up: int) -> None:
    """So many percent from top-up, the rest from the school's budget."""
    shares = {"source_1": "Top-up", "percent_1": str(top_up), "source_2": "School", "percent_2": str(100 - top_up)}
    put(head, f"{world.home}{MAP}{line}/funding", **shares)


def entered(world: World) -> tuple[Visitor, dict[str, int]]:
    """Phonics with Ada and Bo, speech with Ada out of class, story time for thirty; Cy has SEN and nothing."""
    head = begin(world)
    role = stated(world, head, "TA", "20")
    found = {
        "ada": pupil(world, head, "Ada Zest", class_name="Elm", need="SPLD"),
        "bo": pupil(world, head, "Bo Young", class_name="Oak", year_group="5", status="N"),
        "cy": pupil(world, head, "Cy Xu", class_name="Oak", year_group="5", status="E"),
        "phonics": intervention(
            world, head, "Phonics", role, need="Cognition and learning", minutes="10", sessions_a_week="3", weeks="38"
        ),
        "speech": intervention(world, head, "Speech", role, tier="specialist", minutes="20", **WITHDRAWN),
        "story": intervention(world, head, "Story", role, tier="universal", group_size="30", minutes="10"),
    }
    takes_part(world, head, found["phonics"], found["ada"], found["bo"])
    takes_part(world, head, found["speech"], found["ada"])
    head.get(world.home + MAP)  # what was said of saving has been read
    return head, found


def listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a class="govuk-link" href="[^"]*">([^<]*)</a>', page)


def csv_of(head: Visitor, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(head.get(address).get_data().decode("utf-8-sig"), newline="")))


def cells(head: Visitor, address: str, column: int) -> dict[str, str]:
    return {row[0]: row[column] for row in csv_of(head, address)[1:]}


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("", ["Phonics", "Speech", "Story"]),
        ("?tier=specialist", ["Speech"]),
        ("?need=Cognition and learning", ["Phonics"]),
        ("?need=none", ["Speech", "Story"]),
        ("?size=individual", ["Speech"]),
        ("?size=small-group", ["Phonics"]),
        ("?size=whole-class", ["Story"]),
        ("?where=out", ["Speech"]),
        ("?where=in&tier=targeted", ["Phonics"]),
        ("?in_year=5", ["Phonics"]),
        ("?class_name=Elm", ["Phonics", "Speech"]),
        ("?class_name=Elm&in_year=5", []),
        ("?tier=no-such-tier&class_name=%00", ["Phonics", "Speech", "Story"]),
    ],
)
def test_the_address_says_what_is_shown_on_the_page_and_in_the_file(world: World, query: str, lines: list[str]) -> None:
    head, _ = entered(world)
    assert listed(head.get(world.home + MAP + query).text) == lines
    rows = csv_of(head, world.home + MAP + "download.csv" + query)
    assert [row[0] for row in rows[1:]] == [*lines, *(["Total"] if lines else [])]


def test_a_filter_says_what_its_total_is_a_total_of_and_how_to_see_all_again(world: World) -> None:
    head, found = entered(world)
    pays(world, head, found["speech"], 60)
    page = head.get(world.home + MAP + "?tier=specialist&funding=Top-up").text
    assert "1 of 3 interventions, £6.67 of £390.00." in plain(page)
    assert "Chosen: tier – Specialist; funding source – Top-up. Show all again" in plain(page)
    assert "Of their cost, £4.00 is paid from the source that you chose" in plain(page)
    assert f'href="{world.home}{MAP}"' in page
    assert "Withdrawn from Music. Why: A quiet room is needed" in plain(page)
    assert "of 3 interventions" not in plain(head.get(world.home + MAP).text)


def test_the_parts_of_a_map_add_up_and_every_table_of_the_file_is_of_the_part(world: World) -> None:
    head, _ = entered(world)
    costs = [
        Decimal(cells(head, f"{world.home}{MAP}download.csv?tier={tier}", 12)["Total"])
        for tier in ("universal", "targeted", "specialist")
    ]
    assert sum(costs) == Decimal(cells(head, world.home + MAP + "download.csv", 12)["Total"]) == Decimal("390.00")
    answer = head.get(world.home + MAP + "download.xlsx?tier=specialist")
    book = load_workbook(io.BytesIO(answer.get_data()))
    assert book.sheetnames == [
        "Part of the provision map",
        "Pupils",
        "Shares of each intervention",
        "Breakdowns",
        "What is shown",
    ]
    said = {row[0].value: row[1].value for row in book["What is shown"].iter_rows(min_row=2)}
    assert (said["Tier"], said["Interventions shown"], said["Interventions on the map"]) == ("Specialist", 1, 3)
    assert [row[0].value for row in book["Pupils"].iter_rows(min_row=2)] == ["Ada Zest", "Total"]


def test_only_what_can_be_chosen_is_offered(world: World) -> None:
    head, _ = entered(world)
    page = head.get(world.home + MAP).text
    menu = re.search(r'<select[^>]*name="in_year".*?</select>', page, re.DOTALL)
    assert menu is not None
    assert re.findall(r"<option[^>]*>\s*([^<]*?)\s*</option>", menu[0]) == ["Any", "Year 4", "Year 5"]
    with world.app.extensions["vfm_database"].write.begin() as db:
        for row in db.query(PupilRow).filter_by(school_id=world.school.id):
            row.class_name = None
    assert 'name="class_name"' not in head.get(world.home + MAP).text


def test_a_map_of_nothing_has_no_filter(world: World) -> None:
    assert 'name="tier"' not in begin(world).get(world.home + MAP).text


def test_pupil_by_pupil_everybody_is_there_and_every_penny(world: World) -> None:
    head, found = entered(world)
    page = head.get(world.home + BY_PUPIL).text
    assert listed(page) == ["Ada Zest", "Bo Young", "Cy Xu"]
    assert f'href="{world.home}pupils/{found["cy"]}/record/"' in page
    said = plain(page)
    assert "3 pupils, £386.67 of £390.00. 1 of the pupils has SEN and is on no line of the map." in said
    assert "Phonics 3 a week for 38 weeks, days not known; 30 minutes a week" in said
    assert "Cy Xu Year 5, Oak. EHC plan What fits, Cy Xu Nothing on the map" in said
    assert "The 3 pupils shown £386.67 Groups that name no pupils £3.33 Total of the map £390.00" in said
    shares = cells(head, world.home + BY_PUPIL + "download.csv", 8)
    assert shares == {
        "Ada Zest": "196.67", "Bo Young": "190.00", "Cy Xu": "0.00", "Groups that name no pupils": "3.33", "Total": "390.00",
    }  # fmt: skip
    parts = csv_of(head, world.home + BY_PUPIL + "download.csv?table=2")
    assert [row[:3] for row in parts[1:]] == [
        ["Ada Zest", "Phonics", "Targeted"], ["Ada Zest", "Speech", "Specialist"], ["Bo Young", "Phonics", "Targeted"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "pupils", "total"),
    [
        ("?status=sen", ["Ada Zest", "Cy Xu"], "390.00"),
        ("?status=N", ["Bo Young"], "390.00"),
        ("?in_year=5", ["Bo Young", "Cy Xu"], "390.00"),
        ("?class_name=Elm", ["Ada Zest"], "390.00"),
        ("?tier=specialist", ["Ada Zest"], "6.67"),
        ("?sort=lines", ["Cy Xu", "Bo Young", "Ada Zest"], "390.00"),
        ("?sort=name&status=x&page=0", ["Ada Zest", "Bo Young", "Cy Xu"], "390.00"),
    ],
)
def test_pupil_by_pupil_can_be_filtered_and_still_adds_up(
    world: World, query: str, pupils: list[str], total: str
) -> None:
    head, _ = entered(world)
    assert listed(head.get(world.home + BY_PUPIL + query).text) == pupils
    rows = cells(head, world.home + BY_PUPIL + "download.csv" + query, 8)
    *parts, last = (Decimal(each) for each in rows.values())
    assert sum(parts) == last == Decimal(total)
    assert [name for name in rows if name in ("Ada Zest", "Bo Young", "Cy Xu")] == pupils


def test_many_pupils_stand_on_several_pages_and_the_sums_are_of_all(world: World) -> None:
    head, _ = entered(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        for n in range(205):
            db.add(PupilRow(school_id=world.school.id, id=n + 1, name=f"P{n:03d}", status="K"))
    first, second = (head.get(f"{world.home}{BY_PUPIL}?status=sen&page={page}").text for page in (1, 2))
    assert (len(listed(first)), len(listed(second))) == (200, 7)
    assert "207 pupils" in plain(first) and "The 207 pupils shown £196.67" in plain(second)
    assert "page=2" in first and "status=sen" in re.findall(r'href="([^"]*page=2[^"]*)"', first)[0]


def test_pupils_are_called_as_the_school_has_chosen_in_every_way(world: World) -> None:
    head, found = entered(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.get_one(SchoolRow, world.school.id).pupils_shown = "initials"
    for page in (BY_PUPIL, BY_PUPIL + "download.csv", BY_STAFF, f"pupils/{found['ada']}/what-fits/"):
        assert "Ada Zest" not in head.client.get(world.home + page).text, page
    assert "A.Z." in head.get(world.home + BY_PUPIL).text


def slots(weekday: int, starts: str, week: int = 0) -> dict[str, str]:
    """One session of the week as the form has it; week 0: every week."""
    box = f"slots-{weekday}-{week}"
    return {"runs": "days", box: "y", f"{box}-at": starts, "sessions_in_total": ""}


def given_by(world: World, line: int, who: int) -> None:
    """Says who exactly gives it."""
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.execute(update(GiverRow).where(GiverRow.intervention_id == line).values(staff_id=who))


def with_staff(world: World) -> Visitor:
    """Sam has two contracts and gives One and Other on Tuesdays; for what nobody gives, nobody is named."""
    head = begin(world)
    ta, lunch = stated(world, head, "TA", "20"), stated(world, head, "Lunch", "12")
    contracts = (
        person(world, head, "Sam Lee", ta, weekly_hours="0.5"), person(world, head, "sam lee", lunch, weekly_hours="0.25"),
    )  # fmt: skip
    for name, role, who, starts in zip(("One", "Other"), (ta, lunch), contracts, ("09:00", "09:19"), strict=True):
        line = intervention(world, head, name, role, minutes="20", group_size="3", **slots(1, starts))
        given_by(world, line, who)
    fortnight = intervention(world, head, "Every other week", ta, minutes="30", **slots(4, "13:00", 2))
    given_by(world, fortnight, contracts[0])
    intervention(world, head, "Nobody's", ta, minutes="30", sessions_a_week="2", weeks="38")
    return head


def test_a_persons_week_shows_days_times_hours_and_two_places_at_once(world: World) -> None:
    said = plain(with_staff(world).get(world.home + BY_STAFF + "?week=2026-11-23").text)
    assert "In two places at once at some time of the year: Sam Lee." in said
    assert (
        "Sam Lee TA, Lunch On the map: 55 minutes a week, on average over two weeks. Contract: 45 minutes a week."
        in said
    )
    assert "10 minutes more than the contract" in said
    assert re.search(
        r"Tuesday: One, 09:00 to 09:20 and Other, 09:19 to 09:39. On \d+ days, first on \d+ September 2026.", said
    )
    week_a, week_b = said.split("Week A Monday")[1].split("Week B Monday")
    assert "Tuesday 09:00 to 09:20 One 3 pupils 09:19 to 09:39 Other 3 pupils Wednesday Nothing entered" in week_a
    assert ("Every other week" in week_a) != ("Every other week" in week_b.split("TA, not named")[0])
    assert "TA, not named On the map: 1 hour a week. Every week, days and times not known 2 a week for 38 weeks" in said


def test_one_persons_week_alone_and_any_word_in_the_address(world: World) -> None:
    head = with_staff(world)
    page = head.get(world.home + BY_STAFF).text
    (who,) = re.findall(r'<option value="(person-[^"]*)"', page)
    one = plain(head.get(f"{world.home}{BY_STAFF}?who={who}").text)
    assert "TA, not named On the map" not in one and "Sam Lee TA, Lunch" in one
    for odd in ("?who=x&week=2026-11-24", "?week=%00&page=x", "?page=99", "?week=9999-99-99"):
        assert "TA, not named On the map" in plain(head.get(world.home + BY_STAFF + odd).text)


def test_nothing_of_pay_stands_in_anybodys_week(world: World) -> None:
    with_staff(world)
    for who in ("leadership", "senco"):
        assert "£" not in world.signed_in(who).get(world.home + BY_STAFF).text


def test_a_map_without_anybody_says_what_to_do(world: World) -> None:
    head = begin(world)
    assert "No intervention says who gives it yet" in plain(head.get(world.home + BY_STAFF).text)
    assert "No pupil is on the map yet" in plain(head.get(world.home + BY_PUPIL).text)


def test_each_way_leads_to_the_others_and_says_where_one_is(world: World) -> None:
    head, _ = entered(world)
    for here in (MAP, BY_PUPIL, BY_STAFF):
        page = head.get(world.home + here).text
        ways = re.findall(r'vfm-ways__link" href="([^"]*)"( aria-current="page")?', page)
        assert [(address, bool(now)) for address, now in ways] == [
            (world.home + each, each == here) for each in (MAP, BY_PUPIL, BY_STAFF)
        ]
        assert f'href="{world.home}{here}"' in head.get(world.home + "provision/").text
    assert f'href="{world.home}{BY_PUPIL}?tier=targeted"' in head.get(world.home + MAP + "?tier=targeted").text


@pytest.mark.parametrize("page", [MAP + "?tier=targeted&in_year=4", BY_PUPIL, BY_STAFF, "pupils/{pupil}/what-fits/"])
def test_the_number_of_statements_does_not_grow_with_the_map(world: World, page: str) -> None:
    head, found = entered(world)
    role = stated(world, head, "Another role", "20")

    def more(rounds: int) -> None:
        for n in range(rounds):
            line = intervention(
                world, head, f"More {rounds} {n}", role, sessions_a_week="1", weeks="38", programme=f"P {n}"
            )
            takes_part(world, head, line, found["ada"], pupil(world, head, f"Pupil {rounds} {n}"))

    more(1)
    few = len(count(world, head, page.format(pupil=found["ada"])))
    more(3)
    assert len(count(world, head, page.format(pupil=found["ada"]))) == few < 70

"""Which provision fits a child, as a page: what is suggested, with its facts, and one click to where it is added."""

import re

from tests.web.entering import TA_PAY, begin, intervention, person, pupil, put, role, stated
from tests.web.test_map_in_three_ways import MAP, plain, takes_part
from tests.world import YEAR, Visitor, World
from vfm.store.programmes import ProgrammeRow
from vfm.store.provision import InterventionRow, TakesPartRow
from vfm.store.rows import rows_of

COGNITION = "Cognition and learning"
LIBRARY = "Nessy Reading and Spelling"


def entered(world: World) -> tuple[Visitor, int, int]:
    """Ada, who has a specific learning difficulty; a group with two places, of whom Bo has one."""
    head = begin(world)
    role = stated(world, head, "TA", "20")
    ada, bo = pupil(world, head, "Ada Zest", need="SPLD"), pupil(world, head, "Bo Young")
    line = intervention(
        world, head, "Reading group", role, need=COGNITION, places="2", entry="Reads below 85", sessions_a_week="1", weeks="10",
        programme="Toe by Toe",
    )  # fmt: skip
    intervention(world, head, "Friends", role, need="Social, emotional and mental health")
    takes_part(world, head, line, bo)
    return head, ada, line


def page_of(world: World, head: Visitor, child: int, query: str = "") -> str:
    return head.get(f"{world.home}pupils/{child}/what-fits/{query}").text


def earlier(world: World, child: int, programme: int | None, name: str, result: str | None = None) -> None:
    """What the child took part in the year before."""
    with world.app.extensions["vfm_database"].write.begin() as db:
        key = programme or 77
        db.add(
            InterventionRow(
                school_id=world.school.id, id=key, year=YEAR - 1, name=name, tier="targeted", programme_id=programme
            )
        )
        db.flush()
        db.add(TakesPartRow(school_id=world.school.id, id=key, intervention_id=key, pupil_id=child, result=result))


def section(page: str, heading: str) -> str:
    """The words under a heading, to the next one of the same level."""
    found = re.search(rf"<h2[^>]*>{heading}.*?(?=<h2|</main>)", page, re.DOTALL)
    return plain(found[0]) if found else ""


def test_a_group_with_places_comes_first_with_entry_cost_and_places(world: World) -> None:
    head, ada, line = entered(world)
    page = page_of(world, head, ada)
    assert "This suggests. It does not decide." in plain(page)
    first = section(page, "On the map now, with places left")
    assert "Reading group" in first and "For the primary need" in first and "Friends" not in first
    assert "Who it is for Reads below 85 Places 1 left of 2; 1 in it" in first
    assert "£200.00 a pupil in the year, £20.00 for an hour of one pupil." in first
    assert "Brooks" in first, "the evidence as the library holds it"
    assert "interventionsforliteracy.org.uk" in first, "with its source"
    assert f'{world.home}{MAP}{line}/pupils?with={ada}#in-{ada}"' in page


def test_one_click_ticks_the_child_and_nothing_is_saved_until_somebody_does(world: World) -> None:
    head, ada, line = entered(world)
    address = f"{world.home}{MAP}{line}/pupils"
    page = head.get(f"{address}?with={ada}").text
    assert re.search(rf'id="in-{ada}"[^>]* checked', page)
    assert "Ada Zest is ticked. Nothing is saved yet" in plain(page)
    with world.app.extensions["vfm_database"].read() as db:
        assert len(rows_of(db, TakesPartRow, world.school.id)) == 1
    for odd in ("?with=", "?with=99", "?with=%00", ""):
        assert "is ticked" not in head.get(address + odd).text
    takes_part(world, head, line, ada)
    assert "is ticked" not in head.get(f"{address}?with={ada}").text, "takes part already"
    assert "Takes part in this year" in plain(page_of(world, head, ada))
    assert "Reading group (Toe by Toe)" in section(page_of(world, head, ada), "Takes part in this year")
    assert section(page_of(world, head, ada), "On the map now, with places left") == ""


def test_the_tier_that_fits_the_status_comes_first_and_another_can_be_chosen(world: World) -> None:
    head, ada, _ = entered(world)
    role = stated(world, head, "Specialist", "40")
    intervention(world, head, "Dyslexia lessons", role, tier="specialist", need=COGNITION)
    child = pupil(world, head, "Cy Xu", status="E", need="SPLD")
    for who, query, there in (
        (ada, "", False),
        (ada, "?tier=specialist", True),
        (child, "", True),
        (child, "?tier=targeted", False),
    ):
        assert ("Dyslexia lessons" in page_of(world, head, who, query)) is there
    for odd in ("?tier=universal", "?tier=%00"):
        assert "Reading group" in page_of(world, head, ada, odd)


def test_a_programme_of_the_library_can_be_begun_with_one_click_and_goes_on_the_list_when_saved(world: World) -> None:
    head, ada, _ = entered(world)
    page = page_of(world, head, ada)
    assert LIBRARY in section(page, "In the starter library")
    assert "Not costed here yet" in section(page, "In the starter library")
    address = f"{world.home}{MAP}add?entry=nessy-reading-and-spelling"
    assert f'href="{address}"' in page
    form = head.get(address).text
    assert re.search(rf'id="programme"[^>]* value="{LIBRARY}"', form)
    assert re.search(r'value="targeted"[^>]* checked', form)
    assert head.get(f"{world.home}{MAP}add?entry=no-such-entry").status_code == 200


def test_a_programme_of_the_list_can_be_begun_too(world: World) -> None:
    head, ada, _ = entered(world)
    put(
        head,
        world.home + "programmes/add",
        name="Our own scheme",
        tier="targeted",
        need=COGNITION,
        kind="spelling",
        minutes="25",
    )
    page = page_of(world, head, ada)
    own = section(page, "On your list of programmes")
    assert "Our own scheme" in own and "Usually 25 minutes" in own and "Not costed here yet" in own
    assert "The library holds nothing of it, so nothing is said of its evidence" in own
    with world.app.extensions["vfm_database"].read() as db:
        (row,) = (each for each in rows_of(db, ProgrammeRow, world.school.id) if each.name == "Our own scheme")
    assert f'href="{world.home}{MAP}add?programme={row.id}"' in page


def test_what_was_tried_stands_apart_with_its_year_and_outcome(world: World) -> None:
    head, ada, _ = entered(world)
    with world.app.extensions["vfm_database"].read() as db:
        (toe,) = (each.id for each in rows_of(db, ProgrammeRow, world.school.id))
    earlier(world, ada, toe, "TbT last year", "not")
    earlier(world, ada, None, "Nessy")
    page = page_of(world, head, ada)
    tried = section(page, "Was tried before")
    assert (
        "Reading group Taken before, and no gain is recorded: 2025 to 2026, TbT last year (Toe by Toe): not met"
        in tried
    )
    assert f"{LIBRARY} Taken before, and no gain is recorded: 2025 to 2026, Nessy: not recorded" in tried
    assert section(page, "On the map now") == "" and LIBRARY not in section(page, "In the starter library")


def test_what_brought_a_gain_is_suggested_again_and_says_so(world: World) -> None:
    head, ada, _ = entered(world)
    earlier(world, ada, None, "Nessy", "met")
    assert "Taken before: 2025 to 2026, Nessy: outcome met" in section(
        page_of(world, head, ada), "In the starter library"
    )


def test_another_schools_child_and_one_that_never_was_are_not_found(world: World) -> None:
    head, ada, _ = entered(world)
    other = world.signed_in("other-school")
    assert other.get(f"{world.home}pupils/{ada}/what-fits/").status_code == 404
    for odd in (1, 1 << 70):
        assert head.get(f"{world.home}pupils/{odd}/what-fits/").status_code == 404


def test_the_page_of_a_pupil_leads_here(world: World) -> None:
    head, ada, _ = entered(world)
    for page in (f"pupils/{ada}", "provision-map/by-pupil/"):
        assert f'href="{world.home}pupils/{ada}/what-fits/"' in head.get(world.home + page).text


def test_a_rate_that_would_give_pay_away_is_in_no_figure_but_leaderships(world: World) -> None:
    head = begin(world)
    rates = {"actual_method": "from-pay", "authority_method": "stated", "authority_per_hour": "19"}
    mentor = role(world, head, "Mentor", **rates)
    person(world, head, "Jo", mentor, **TA_PAY)
    ada, bo = pupil(world, head, "Ada Zest", need="SPLD"), pupil(world, head, "Bo Young")
    line = intervention(world, head, "Mentoring", mentor, need=COGNITION, sessions_a_week="1", weeks="38")
    takes_part(world, head, line, bo)
    pages = (
        f"pupils/{ada}/what-fits/",
        "provision-map/by-pupil/",
        MAP + "?tier=targeted",
        "provision-map/by-pupil/download.csv",
    )
    for who, cost, other in (("leadership", "774.32", "722.00"), ("senco", "722.00", "774.32")):
        visitor = world.signed_in(who)
        for page in pages:
            text = visitor.client.get(world.home + page).text
            assert cost in text, (who, page)
            assert other not in text or who == "leadership", (who, page)

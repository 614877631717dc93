"""The register as pages: filtered, sorted and taken out by its address, called as the school chose, and who waits for what."""

import re
from typing import Any

from tests.pupils.files import upn
from tests.web.entering import begin, put
from tests.web.forms import words
from tests.world import YEAR, Visitor, World
from vfm.store.accounts import SchoolRow
from vfm.store.provision import InterventionRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import rows_of
from vfm.store.waiting import WaitingRow

ADA: dict[str, Any] = {
    "name": "Ada Zest",
    "year_group": "4",
    "status": "K",
    "need": "SLCN",
    "reference": "P7",
    "eal": "y",
}
BEN: dict[str, Any] = {"name": "Ben Young", "year_group": "0", "status": "E", "need": "ASD", "looked_after": "y"}
CY: dict[str, Any] = {"name": "Cy Xu", "year_group": "4", "status": "N", "pupil_premium": "y"}


def entered(world: World) -> Visitor:
    head = begin(world)
    for each in (ADA, BEN, CY):
        put(head, world.home + "pupils/add", **each)
    return head


def listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]*)</a>', page)


def table_of(world: World, table: Any) -> list[Any]:
    with world.app.extensions["vfm_database"].read() as db:
        return rows_of(db, table, world.school.id)


def show_as(world: World, way: str) -> None:
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.get_one(SchoolRow, world.school.id).pupils_shown = way


def test_the_address_filters_and_sorts_the_page_and_the_files(world: World) -> None:
    head, home = entered(world), world.home + "pupils/"
    assert listed(head.get(home).text) == ["Ada Zest", "Ben Young", "Cy Xu"]
    assert listed(head.get(home + "?status=sen&sort=status").text) == ["Ben Young", "Ada Zest"]
    assert listed(head.get(home + "?in_year=4&group=pupil-premium").text) == ["Cy Xu"]
    assert "0 pupils shown" in words(head.get(home + "?need=HI").text)
    page = head.get(home + "?status=E").text
    address = next(each for each in re.findall(r'href="([^"]*download[^"]*)"', page) if ".csv" in each).replace(
        "&amp;", "&"
    )
    text = head.client.get(address).text
    assert "Ben Young" in text and "Ada Zest" not in text
    for odd in ("?page=99999999", "?page=0", "?in_year=%00", "?sort=x&who=y&status=z", "?page=-1"):
        assert head.get(home + odd).status_code == 200


def test_a_long_register_stands_on_several_pages(world: World) -> None:
    head = begin(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        for number in range(205):
            db.add(PupilRow(school_id=world.school.id, id=number + 1, name=f"P{number:03d}", status="N"))
    first, second = (listed(head.get(world.home + f"pupils/?page={page}").text) for page in (1, 2))
    assert len(first) == 200 and second == [f"P{number}" for number in range(200, 205)]


def test_what_a_pupil_is_called_follows_the_schools_choice_everywhere(world: World) -> None:
    head = entered(world)
    put(head, world.home + "waiting/add", pupil_id=str(table_of(world, PupilRow)[0].id), waits_for="Speech therapy", since__day="1",
        since__month="9", since__year="2026")  # fmt: skip
    with world.app.extensions["vfm_database"].write.begin() as db:
        given = {"school_id": world.school.id, "year": YEAR, "name": "Reading", "tier": "targeted"}
        db.add(InterventionRow(id=1, **given))
    pages = [
        "pupils/",
        "waiting/",
        "income/add",
        "claims/",
        "provision-map/1/pupils",
        "pupils/download.csv",
        "waiting/download.csv",
    ]
    head.get(world.home + "waiting/")  # what was said of saving has been read
    for way, shown in (("initials", "A.Z."), ("reference", "P7")):
        show_as(world, way)
        for page in pages:
            text = words(head.client.get(world.home + page, follow_redirects=True).text)
            assert "Ada Zest" not in text, (way, page)
        assert shown in head.get(world.home + "pupils/").text and shown in head.get(world.home + "waiting/").text
    assert table_of(world, PupilRow)[0].name == "Ada Zest", "what is stored stays"


def test_the_choice_stands_on_the_schools_page(world: World) -> None:
    head = begin(world)
    address = f"/school/{world.school.slug}/profile"
    yes = dict.fromkeys(
        ("unit_or_resourced_provision", "any_ehc_plan", "any_sen_support", "any_top_up", "pupil_premium", "volunteers_or_peers", "first_year"),
        "yes",
    )  # fmt: skip
    given = {
        "name": "Oak",
        "kind": "mainstream",
        "academy": "no",
        "lowest_age": "4",
        "highest_age": "11",
        "tolerance": "5",
    }
    assert head.send(address, pupils_shown="initials", **given, **yes).status_code == 302
    with world.app.extensions["vfm_database"].read() as db:
        assert db.get_one(SchoolRow, world.school.id).pupils_shown == "initials"
    assert head.send(address, pupils_shown="nothing", **given, **yes).status_code == 400


def test_a_upn_is_checked_for_its_writing_and_belongs_to_one_pupil(world: World) -> None:
    head = entered(world)
    ada, ben = (row.id for row in table_of(world, PupilRow)[:2])
    assert head.send(world.home + f"pupils/{ada}", **ADA, upn=f" {upn(1).lower()} ", version="1").status_code == 302
    again = head.send(world.home + f"pupils/{ben}", **BEN, upn=upn(1), version="1")
    assert again.status_code == 400 and "Ada Zest has this UPN already" in words(again.text)
    short = head.send(world.home + f"pupils/{ben}", **BEN, upn="A123", version="1")
    assert short.status_code == 400 and "A UPN is a letter, eleven figures" in words(short.text)
    wrong = "AB"[upn(2)[0] == "A"] + upn(2)[1:]
    head.send(world.home + f"pupils/{ben}", **BEN, upn=wrong, version="1")
    assert "its first letter does not belong" in words(head.get(world.home + "pupils/").text), "said, and kept"
    assert [row.upn for row in table_of(world, PupilRow)] == [upn(1), wrong, None]


def test_who_waits_for_what_is_listed_the_longest_first(world: World) -> None:
    head = entered(world)
    ada, ben = (str(row.id) for row in table_of(world, PupilRow)[:2])
    day = {"since__day": "1", "since__month": "10", "since__year": "2026"}
    put(head, world.home + "waiting/add", pupil_id=ada, waits_for="Speech therapy", asked_of="The health trust", **day)
    put(head, world.home + "waiting/add", pupil_id=ben, waits_for="A place in the unit", **day | {"since__month": "9"})
    assert listed(head.get(world.home + "waiting/").text) == ["Ben Young", "Ada Zest"]
    assert "Still waiting" in head.get(world.home + "waiting/").text
    late = head.send(
        world.home + "waiting/add", pupil_id=ada, waits_for="x", since__day="1", since__month="1", since__year="2099"
    )
    assert late.status_code == 400 and "must not be after today" in words(late.text)
    ended = {"until__day": "1", "until__month": "9", "until__year": "2026"}
    early = head.send(world.home + "waiting/add", pupil_id=ada, waits_for="x", **day, **ended)
    assert early.status_code == 400 and "must not be before" in words(early.text)
    assert len(table_of(world, WaitingRow)) == 2


def test_the_pupils_at_a_glance_stand_beside_england_of_the_same_phase(world: World) -> None:
    head = entered(world)
    page = " ".join(re.sub(r"<[^>]*>", " ", words(head.get(world.home + "pupils/at-a-glance/").text)).split())
    assert (
        "19.4% of pupils in primary schools in England" in page and "No figure for your authority is known here" in page
    )
    assert "Both together 2 pupils" in page
    assert "Looked after 0 of 1 1 of 1 1 of 2 1 of 3" in page, "people, not percentages"
    assert "Recorded of nobody on the register: free school meals, boys, girls, two types of need." in page
    with world.app.extensions["vfm_database"].write.begin() as db:
        db.get_one(SchoolRow, world.school.id).highest_age = 18
    assert "no figure for England is known here" in head.get(world.home + "pupils/at-a-glance/").text


def test_a_year_group_changed_on_this_years_page_leaves_last_years_page_as_it_was(world: World) -> None:
    head = begin(world)
    put(head, f"/school/{world.school.slug}/another", year=str(YEAR - 1))
    last = world.home.replace(str(YEAR), str(YEAR - 1)) + "pupils/"
    put(head, last + "add", **ADA)
    ada = str(table_of(world, PupilRow)[0].id)
    assert "Year 5" in head.get(world.home + "pupils/").text, "moved up by one"
    assert re.search(r'value="5" selected', head.get(world.home + "pupils/" + ada).text)
    put(head, world.home + "pupils/" + ada, **ADA, version="1")
    assert [listed(head.get(place + "?in_year=4").text) for place in (last, world.home + "pupils/")] == [
        ["Ada Zest"]
    ] * 2
    put(head, world.home + "pupils/" + ada, **(ADA | {"year_group": "6"}), version="2")
    assert listed(head.get(last + "?in_year=4").text) == ["Ada Zest"], "what last year shows does not move"
    assert f"Year group in {YEAR} to {YEAR + 1}" in words(head.get(world.home + "pupils/" + ada).text)

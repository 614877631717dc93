"""Programmes on the site: the school's own list, the library to tick, and the name typed with an intervention."""

import re
from html import escape
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.web.entering import begin, intervention, put, row_id, stated
from tests.web.forms import RUBBISH, refused, words
from tests.world import World, checked, find_token
from vfm.costing.programme_library import read_library
from vfm.store.programmes import ProgrammeRow
from vfm.store.provision import InterventionRow
from vfm.store.rows import rows_of

LIBRARY = read_library()
NASTY = "<script>alert(1)</script> {{ 7*7 }} =1+1 & “Łukasz”"


class Desk:
    """The catalogue of Oak, as its SENCO sees it."""

    def __init__(self, world: World) -> None:
        self.world, self.senco = world, begin(world, "senco")
        self.home = world.home + "programmes/"
        self.role = stated(world, self.senco, "Assistant", "20")

    def add(self, name: str, **more: str) -> int:
        put(self.senco, self.home + "add", name=name, **({"tier": "targeted"} | more))
        return row_id(self.world, ProgrammeRow, name)

    def rows(self, table: Any = ProgrammeRow) -> dict[str, Any]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return {row.name: row for row in rows_of(db, table, self.world.school.id)}

    def tick(self, *keys: str, search: str = "") -> TestResponse:
        """Sends the library's form with some boxes ticked."""
        address = f"{self.home}library/{search}"
        token = find_token(self.senco.client.get(address).text)
        data = MultiDict([("csrf_token", token), *(("entry", key) for key in keys)])
        return checked(self.senco.client.post(address, data=data))

    def enter(self, name: str, programme: str, **more: str) -> str:
        """An intervention that follows a programme, and what the page says when it is saved."""
        identity = intervention(self.world, self.senco, name, self.role, programme=programme, **more)
        return words(self.senco.get(f"{self.world.home}provision-map/{identity}/costed").text)

    def followed(self, intervention_name: str) -> str:
        """The name of the programme that an intervention follows."""
        names = {row.id: row.name for row in self.rows().values()}
        return str(names.get(self.rows(InterventionRow)[intervention_name].programme_id, ""))


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_a_programme_is_kept_with_its_other_names_once_each(desk: Desk) -> None:
    identity = desk.add(
        "Lexia", aliases="Core5; lexia;; core-5\nLexia UK ;", kind="early reading", minutes="30", weeks="12.5"
    )
    row = desk.rows()["Lexia"]
    assert (row.aliases, row.kind, row.need, str(row.minutes), str(row.weeks)) == (
        "Core5; Lexia UK",
        "early reading",
        "",
        "30.0000",
        "12.5000",
    )
    page = words(desk.senco.get(f"{desk.home}{identity}").text)
    assert "Core5; Lexia UK" in page
    assert "No intervention of any year uses it" in page


@pytest.mark.parametrize(
    ("name", "aliases", "field"),
    [("LEXIA!", "", "name"), ("core 5", "", "name"), ("Other", "A; lexia", "aliases"), ("Other", "Core5", "aliases")],
)
def test_a_name_that_another_programme_answers_to_is_refused_beside_its_field(
    desk: Desk, name: str, aliases: str, field: str
) -> None:
    desk.add("Lexia", aliases="Core5")
    page = refused(desk.senco.send(desk.home + "add", name=name, aliases=aliases, tier="targeted"))
    assert "is a name of Lexia, which is on your list" in page
    assert f'href="#{field}"' in page
    assert set(desk.rows()) == {"Lexia"}


def test_a_programme_may_keep_its_own_names_and_change_their_spelling(desk: Desk) -> None:
    identity = desk.add("Lexia", aliases="Core5")
    put(desk.senco, f"{desk.home}{identity}", version="1", name="Lexia Core5", aliases="core 5; lexia", tier="targeted")
    assert (desk.rows()["Lexia Core5"].aliases, desk.rows()["Lexia Core5"].version) == ("core 5; lexia", 2)


def test_too_long_a_name_among_the_others_is_refused(desk: Desk) -> None:
    refused(desk.senco.send(desk.home + "add", name="A", aliases="x" * 201, tier="targeted"))
    refused(desk.senco.send(desk.home + "add", name="A", aliases="x; " * 900, tier="targeted"))


def test_rubbish_as_usual_numbers_is_refused(desk: Desk) -> None:
    for field in ("minutes", "sessions_a_week", "weeks"):
        for typed in (*RUBBISH, "0", "1001"):
            if typed != "\x00":  # nothing is left of it, and nothing need be said
                refused(desk.senco.send(desk.home + "add", name="A", tier="targeted", **{field: typed}))


def test_the_list_is_linked_where_the_other_registers_are(desk: Desk) -> None:
    for page in ("", "provision/", "provision-map/"):
        assert desk.home in desk.senco.get(desk.world.home + page).text


def test_the_library_shows_each_entry_with_what_was_checked_and_its_sources(desk: Desk) -> None:
    page = words(desk.senco.get(desk.home + "library/").text)
    for entry in LIBRARY:
        assert f'id="entry-{entry.key}"' in page
        assert entry.evidence in page
        assert all(f'href="{url}" rel="noreferrer"' in page for url in entry.sources)
    assert page.count("Read in November 2026 at:") == sum(bool(entry.sources) for entry in LIBRARY) == 51
    assert page.count("we have not checked any") == sum(not entry.evidence for entry in LIBRARY)


@pytest.mark.parametrize(
    ("search", "there", "not_there"),
    [
        ("?words=lexia", {"lexia-core5-reading"}, {"toe-by-toe"}),
        ("?words=RWI", {"read-write-inc-phonics", "read-write-inc-fresh-start"}, {"lexia-core5-reading"}),
        ("?area=sensory-and-physical&tier=specialist", {"personal-care"}, {"fine-motor-group", "elsa"}),
        ("?tier=universal", {"word-aware"}, {"elsa"}),
        ("?tier=nonsense&area=%00&words=elsa", {"elsa"}, {"toe-by-toe"}),
        ("?words=" + "x" * 3_000, {"elsa"}, set()),
        ("?words=%3Cscript%3E", set(), {"elsa"}),
    ],
)
def test_the_library_is_searched_by_word_area_and_tier(
    desk: Desk, search: str, there: set[str], not_there: set[str]
) -> None:
    page = desk.senco.get(f"{desk.home}library/{search}").text
    assert "<script>" not in page.replace("<script ", "")
    assert all(f'id="entry-{key}"' in page for key in there)
    assert not any(f'id="entry-{key}"' in page for key in not_there)
    if not there:
        assert "Nothing in the library fits" in page


def test_what_is_ticked_is_added_at_once_and_pressed_twice_only_once(desk: Desk) -> None:
    said = ""
    for _ in range(2):
        answer = desk.tick(
            "lexia-core5-reading", "toe-by-toe", "lexia-core5-reading", "no-such-key", search="?tier=targeted"
        )
        assert answer.location == desk.home
        said += words(desk.senco.get(desk.home).text)
    assert {name: (row.library, row.version) for name, row in desk.rows().items()} == {
        "Lexia Core5 Reading": ("lexia-core5-reading", 1), "Toe by Toe": ("toe-by-toe", 1),
    }  # fmt: skip
    assert "Added to your list: Lexia Core5 Reading, Toe by Toe" in said
    assert "Everything you ticked was on your list already" in said
    page = desk.senco.get(desk.home + "library/?words=lexia").text
    assert "On your list" in page and 'id="entry-lexia-core5-reading"' not in page


@pytest.mark.parametrize("keys", [(), ("no-such-key",), ("<script>",)])
def test_ticking_nothing_is_refused_and_leads_to_the_first_box(desk: Desk, keys: tuple[str, ...]) -> None:
    assert "Tick at least one programme" in refused(desk.tick(*keys))
    assert desk.rows() == {}
    assert "Tick at least one programme" in refused(desk.tick(*keys, search="?words=qqq"))


def test_all_of_the_library_can_be_ticked(desk: Desk) -> None:
    desk.tick(*(entry.key for entry in LIBRARY))
    assert len(desk.rows()) == 95
    assert "95 programmes" in desk.senco.get(desk.home).text
    assert "entry-" not in desk.senco.get(desk.home + "library/").text.replace("about-entry-", "")


def test_what_the_school_calls_otherwise_is_on_its_list_too(desk: Desk) -> None:
    desk.add("core 5")
    page = words(desk.senco.get(desk.home + "library/?words=lexia").text)
    assert "On your list as core 5" in page
    desk.tick("lexia-core5-reading")
    assert set(desk.rows()) == {"core 5"}


def test_an_entry_that_was_renamed_is_still_on_the_list(desk: Desk) -> None:
    desk.tick("toe-by-toe")
    identity = desk.rows()["Toe by Toe"].id
    put(desk.senco, f"{desk.home}{identity}", version="1", name="Red book", aliases="", tier="targeted")
    assert "On your list as Red book" in desk.senco.get(desk.home + "library/?words=toe").text
    desk.tick("toe-by-toe")
    assert set(desk.rows()) == {"Red book"}
    page = words(desk.senco.get(f"{desk.home}{identity}").text)
    assert "What the library holds of Toe by Toe" in page
    assert LIBRARY.by_key["toe-by-toe"].evidence in page
    assert "Read in November 2026 at:" in page


def test_a_programme_that_the_library_does_not_know_has_no_evidence_on_its_page(desk: Desk) -> None:
    page = desk.senco.get(f"{desk.home}{desk.add('Our own scheme')}").text
    assert "What the library holds" not in page
    assert "Evidence" not in page


def test_a_known_name_typed_with_an_intervention_is_the_programme_it_means(desk: Desk) -> None:
    desk.add("Lexia", aliases="Lexia Core5")
    said = desk.enter("Reading", "lexia core 5")
    assert "“lexia core 5” is on your list as Lexia" in said
    assert desk.followed("Reading") == "Lexia"
    assert "on your list" not in desk.enter("Spelling", "LEXIA"), "nothing need be said of the name itself"
    assert set(desk.rows()) == {"Lexia"}


def test_a_new_name_typed_with_an_intervention_comes_on_the_list(desk: Desk) -> None:
    said = desk.enter("Reading", "Our own scheme", tier="specialist", need="Cognition and learning")
    assert "“Our own scheme” has been added to your list of programmes" in said
    row = desk.rows()["Our own scheme"]
    assert (row.tier, row.need, row.library) == ("specialist", "Cognition and learning", None)
    assert desk.followed("Reading") == "Our own scheme"


def test_a_name_of_the_library_typed_with_an_intervention_brings_the_entry(desk: Desk) -> None:
    said = desk.enter("Reading", "NELI")
    assert (
        "Nuffield Early Language Intervention has been added to your list of programmes (“NELI” is a name of it)"
        in said
    )
    assert desk.rows()["Nuffield Early Language Intervention"].library == "nuffield-early-language-intervention"


def test_a_word_that_may_mean_several_programmes_says_so(desk: Desk) -> None:
    said = desk.enter("Reading", "RWI")
    assert "“RWI” has been added to your list of programmes. It may be short for Read Write Inc. Phonics or " in said
    assert desk.followed("Reading") == "RWI"


def test_no_programme_is_no_programme(desk: Desk) -> None:
    said = desk.enter("Reading", "")
    assert "list of programmes" not in said
    assert desk.followed("Reading") == ""
    assert desk.rows() == {}


def test_an_intervention_shows_its_programme_and_keeps_it_when_saved_again(desk: Desk) -> None:
    desk.enter("Reading", "Lexia")
    it = desk.rows(InterventionRow)["Reading"]
    page = f"{desk.world.home}provision-map/{it.id}"
    assert re.search(r'<input[^>]* id="programme"[^>]* value="Lexia Core5 Reading"', desk.senco.get(page).text)
    fields = {
        "name": "Reading",
        "tier": "targeted",
        "time_kind": "intervention",
        "giver_1": str(desk.role),
        "minutes": "60",
    }
    fields |= {"sessions_in_total": "1", "basis": "shared", "where": "in", "estimated": "no"}
    put(desk.senco, page, version="1", programme="Lexia Core5 Reading", **fields)
    assert desk.followed("Reading") == "Lexia Core5 Reading"
    put(desk.senco, page, version="2", programme="", **fields)
    assert desk.followed("Reading") == ""


def test_when_a_colleague_saved_first_no_programme_is_added(desk: Desk) -> None:
    desk.enter("Reading", "Lexia")
    it = desk.rows(InterventionRow)["Reading"]
    fields = {
        "name": "Mine",
        "tier": "targeted",
        "time_kind": "intervention",
        "giver_1": str(desk.role),
        "minutes": "60",
    }
    fields |= {"sessions_in_total": "1", "basis": "shared", "where": "in", "estimated": "no", "programme": "Brand new"}
    answer = desk.senco.send(f"{desk.world.home}provision-map/{it.id}", version="7", **fields)
    assert answer.status_code == 409
    page = words(answer.text)
    assert "<strong>Programme:</strong> Lexia Core5 Reading" in page
    assert 'value="Brand new"' in page
    assert "has been added" not in page
    assert set(desk.rows()) == {"Lexia Core5 Reading"}


def test_the_form_offers_the_schools_names_first_and_works_without_javascript(desk: Desk) -> None:
    desk.add("Zig & Zag")
    desk.add("Core5")
    page = words(desk.senco.get(desk.world.home + "provision-map/add").text)
    listed = page.split('<datalist id="programme-offered">')[1].split("</datalist>")[0]
    names = [part.split('"')[0] for part in listed.split('value="')[1:]]
    assert names[:2] == ["Core5", "Zig & Zag"]
    assert "Toe by Toe" in names[2:]
    assert "Lexia Core5 Reading" not in names, "it stands there as Core5"
    assert "Personal care" not in names, "a plain label is no name to offer"
    assert 'list="programme-offered"' in page


def test_usual_numbers_stand_beside_the_fields_the_schools_own_first(desk: Desk) -> None:
    identity = desk.add("Lexia", minutes="25", need="Cognition and learning", tier="specialist")
    page = words(desk.senco.get(f"{desk.world.home}provision-map/add?programme={identity}").text)
    assert 'value="Lexia"' in page
    assert 'value="specialist" checked' in page
    assert 'value="Cognition and learning" selected' in page
    assert "Usual for Lexia: 25" in page
    assert "Usual for Lexia: 4" in page and "Usual for Lexia: 12 to 24" in page, "as the library says"
    refused_page = refused(
        desk.senco.send(desk.world.home + "provision-map/add", name="Reading", programme="toe by toe")
    )
    assert "Usual for Toe by Toe: 5" in refused_page
    assert 'value="toe by toe"' in refused_page
    assert "Usual for" not in desk.senco.get(desk.world.home + "provision-map/add").text


def test_a_programme_in_the_address_that_is_none_of_ours_changes_nothing(desk: Desk) -> None:
    for typed in ("1", "9" * 40, "x", "-1", "%00", "٣", str(1 << 63)):
        assert desk.senco.get(f"{desk.world.home}provision-map/add?programme={typed}").status_code == 200


def test_the_page_of_a_programme_shows_which_interventions_of_which_years_use_it(desk: Desk) -> None:
    desk.enter("Reading, autumn", "Toe by Toe", sessions_a_week="5", weeks="10", minutes="20")
    desk.enter("Talking", "NELI")
    identity = desk.rows()["Toe by Toe"].id
    page = words(desk.senco.get(f"{desk.home}{identity}").text)
    assert "Reading, autumn" in page and "2026 to 2027" in page and "20 minutes, 5 times a week, for 10 weeks" in page
    assert "Talking" not in page
    listed = words(desk.senco.get(desk.home).text)
    assert "Toe by Toe" in listed


def test_a_programme_in_use_cannot_be_removed(desk: Desk) -> None:
    desk.enter("Reading", "Toe by Toe")
    page = f"{desk.home}{desk.rows()['Toe by Toe'].id}"
    desk.senco.send(page + "/remove")
    assert "Toe by Toe is used elsewhere" in words(desk.senco.get(page).text)
    assert set(desk.rows()) == {"Toe by Toe"}


def test_two_programmes_that_are_one_are_joined_and_answer_to_both_names(desk: Desk) -> None:
    desk.enter("Reading", "Our phonics")
    kept = desk.add("Sounds group", aliases="Sounds")
    gone = desk.rows()["Our phonics"].id
    page = f"{desk.home}{gone}/same-as"
    assert "Choose the programme that it is the same as" in refused(desk.senco.send(page))
    for wrong in (str(gone), "1", "<script>", "9" * 40):
        refused(desk.senco.send(page, kept=wrong))
    assert put(desk.senco, page, kept=str(kept)).endswith(str(kept))
    assert desk.rows()["Sounds group"].aliases == "Sounds; Our phonics"
    assert desk.followed("Reading") == "Sounds group"
    assert desk.senco.get(page).status_code == 404
    desk.enter("More reading", "our phonics")
    assert desk.followed("More reading") == "Sounds group"


def test_joining_is_refused_where_the_names_would_be_too_many(desk: Desk) -> None:
    one = desk.add("One", aliases="; ".join(f"name {n:04}" for n in range(150)))
    other = desk.add("Other", aliases="; ".join(f"word {n:04}" for n in range(150)))
    assert "too many other names" in refused(desk.senco.send(f"{desk.home}{one}/same-as", kept=str(other)))
    assert set(desk.rows()) == {"One", "Other"}


def test_with_one_programme_there_is_nothing_to_join(desk: Desk) -> None:
    page = f"{desk.home}{desk.add('One')}/same-as"
    assert "There is no other programme on the list" in desk.senco.get(page).text
    assert desk.senco.get(f"{desk.home}1/same-as").status_code == 404


def test_hostile_text_is_shown_as_it_was_typed_everywhere(desk: Desk) -> None:
    identity = desk.add(NASTY, aliases="<b>bold</b>; Lexia", notes="<i>note</i>")
    desk.enter("Reading", "<b>bold</b>")
    it = desk.rows(InterventionRow)["Reading"].id
    addresses = (
        desk.home, f"{desk.home}{identity}", f"{desk.home}{identity}/same-as", f"{desk.home}library/?words=lexia",
        f"{desk.world.home}provision-map/{it}", f"{desk.world.home}provision-map/{it}/costed",
        f"{desk.world.home}provision-map/add",
    )  # fmt: skip
    for address in addresses:
        page = desk.senco.get(address).text
        assert escape(NASTY, quote=False) in page.replace("&#34;", '"').replace("&#39;", "'"), address
        for tag in ("<script>alert", "<b>bold", "<i>note"):
            assert tag not in page, address
        assert "49 =1+1" not in page


def test_another_schools_programme_is_not_there(desk: Desk) -> None:
    identity = desk.add("Lexia")
    stranger = desk.world.signed_in("other-school")
    stranger.send(f"/school/{desk.world.neighbour.slug}/start", page=f"/school/{desk.world.neighbour.slug}/")
    theirs = f"/school/{desk.world.neighbour.slug}/2026/"
    assert stranger.get(f"{theirs}programmes/{identity}").status_code == 404
    assert stranger.get(f"{theirs}programmes/{identity}/same-as").status_code == 404
    assert 'value="Lexia"' not in stranger.get(f"{theirs}provision-map/add?programme={identity}").text
    put(stranger, f"{theirs}programmes/add", name="Lexia", tier="targeted")

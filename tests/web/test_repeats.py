"""The story that the page is for: a child on the same phonics software in Years 3, 4, 5 and 6 is seen in Year 5."""

import datetime as dt
import re

from tests.web.entering import begin, pupil, row_id, stated, submit, text_of
from tests.web.forms import refused, words
from tests.world import Visitor, World
from vfm.store.accounts import find_account
from vfm.store.audit import AuditRow, By
from vfm.store.plans import ActionRow
from vfm.store.provision import InterventionRow
from vfm.store.reviews import start_review
from vfm.store.rows import rows_of
from vfm.store.set_aside import SetAsideRow

CALLED = {2023: "Lexia Core5 Reading", 2024: "LEXIA", 2025: "core-5", 2026: "Lexia UK"}


class Story:
    """Mia, in Year 6 in 2026, on one programme under its three and more names; a line of the map for each year."""

    def __init__(self, world: World) -> None:
        self.world, self.head = world, begin(world)
        account = "leadership@example.org"
        with world.app.extensions["vfm_database"].write.begin() as db:
            found = find_account(db, account)
            assert found is not None
            for year in CALLED:
                start_review(db, world.school.id, year, By(found.id, dt.datetime.now(dt.UTC)))
        self.mia = pupil(world, self.head, "Mia Fern", year_group="6")
        self.role = str(stated(world, self.head, "Assistant", "20"))
        for year, name in CALLED.items():
            self.line(year, f"Reading screen {year}", name, result="partly" if year == 2023 else "")

    def home(self, year: int) -> str:
        return f"/school/{self.world.school.slug}/{year}/"

    def line(self, year: int, name: str, programme: str, result: str = "", pupil_id: int = 0) -> int:
        """A line of a year's map on which Mia is, entered through its forms."""
        given = {
            "tier": "targeted", "time_kind": "intervention", "giver_1": self.role, "number_1": "1", "minutes": "20",
            "sessions_a_week": "3", "weeks": "30", "basis": "shared", "where": "in", "estimated": "no",
        }  # fmt: skip
        add = f"{self.home(year)}provision-map/add"
        assert self.head.send(add, name=name, programme=programme, **given).status_code == 302
        it = row_id(self.world, InterventionRow, name)
        part = {f"in-{pupil_id or self.mia}": "y", f"result-{pupil_id or self.mia}": result}
        assert self.head.send(f"{self.home(year)}provision-map/{it}/pupils", **part).status_code == 302
        return it

    def seen(self, year: int, visitor: Visitor | None = None) -> str:
        return words((visitor or self.head).get(f"{self.home(year)}repeats/").text)

    def key(self, year: int, slug: str) -> str:
        found = re.search(rf"/noticed/({slug}\.[0-9a-f]+)/set-aside", self.seen(year))
        assert found, slug
        return found.group(1)

    def aside(self, year: int, slug: str, reason: str) -> str:
        key = self.key(year, slug)
        assert self.head.send(f"{self.home(year)}noticed/{key}/set-aside", reason=reason).status_code == 302
        return key


def test_the_child_is_seen_in_year_5_with_the_outcome_of_each_year_at_the_time(world: World) -> None:
    story = Story(world)
    for year in (2023, 2024):
        assert "Mia Fern" not in story.seen(year)
    page = story.seen(2025)
    assert page.count('<h3 class="govuk-heading-s"><a class="govuk-link"') == 1
    assert "The same programme for a third year or longer (1)" in page
    assert "Lexia Core5 Reading. In 3 academic years." in page
    assert re.findall(r'scope="row"[^>]*>([^<]+)<', page) == ["2023 to 2024", "2024 to 2025", "2025 to 2026"]
    assert "Partly met" in page
    assert "Reading screen 2023" in page
    assert "In 4 academic years." in story.seen(2026)


def test_two_phonics_schemes_at_once_are_seen(world: World) -> None:
    story = Story(world)
    story.line(2024, "Phonics in the corridor", "Nessy")
    page = story.seen(2024)
    assert "Two programmes for one thing at the same time (1)" in page
    assert "Lexia Core5 Reading and Nessy Reading and Spelling. Both run at the same time." in page


def test_it_is_set_aside_only_with_a_reason_and_shows_again_when_the_facts_change(world: World) -> None:
    story = Story(world)
    key = story.key(2025, "third-year")
    assert "Write the reason" in refused(story.head.send(f"{story.home(2025)}noticed/{key}/set-aside", reason=" "))
    story.aside(2025, "third-year", "Reviewed, continue because she asked for it")
    page = story.seen(2025)
    assert f"{key}/set-aside" not in page
    assert "Reviewed, continue because she asked for it" in page
    assert "Leadership Person, " in page
    story.line(2025, "Reading screen again", "Lexia")
    assert f"{key}/set-aside" in story.seen(2025)
    assert f"{key}/set-aside" in story.seen(2026), "a fourth year is another fact"


def test_it_can_be_shown_again_and_the_audit_keeps_that_but_no_reason(world: World) -> None:
    story = Story(world)
    key = story.aside(2025, "third-year", "Her mother wishes it")
    assert story.head.send(f"{story.home(2025)}noticed/{key}/set-aside", reason="Twice").status_code == 302
    with world.app.extensions["vfm_database"].read() as db:
        assert [row.reason for row in rows_of(db, SetAsideRow, world.school.id)] == ["Her mother wishes it"]
    again = f"{story.home(2025)}noticed/{key}/show-again"
    assert story.head.send(again, page=f"{story.home(2025)}repeats/").status_code == 302
    assert f"{key}/set-aside" in story.seen(2025)
    with world.app.extensions["vfm_database"].read() as db:
        kept = [row for row in db.query(AuditRow) if row.subject == f"set aside {key}"]
        assert {row.did for row in kept} == {"added", "removed"}
        assert all("mother" not in f"{row.old}{row.new}" for row in kept)


def test_what_is_open_becomes_an_action_without_the_childs_name_and_what_is_set_aside_does_not(world: World) -> None:
    story = Story(world)

    def actions() -> set[str]:
        story.head.send(f"{world.home}plan/write", page=f"{world.home}plan/add")
        with world.app.extensions["vfm_database"].read() as db:
            return {row.key for row in rows_of(db, ActionRow, world.school.id) if row.state == "open"}

    assert "finding:repeats-third-year" in actions()
    plan = text_of(submit(world, story.head).pdf)
    assert "Review each pupil who is on the same programme for a third year" in re.sub(r"\s+", " ", plan)
    assert "Mia" not in plan
    story.aside(2026, "third-year", "Reviewed")
    proposed = story.head.get(f"{world.home}plan/write").text
    assert "Review each pupil who is on the same programme for a third year" in words(proposed)


def test_a_child_with_another_history_is_left_in_peace(world: World) -> None:
    story = Story(world)
    other = pupil(world, story.head, "Ned Ash")
    story.line(2026, "Reading screen, Ned", "Lexia", pupil_id=other)
    assert "Ned Ash" not in story.seen(2026)


def test_it_is_for_leadership_and_the_senco(world: World) -> None:
    story = Story(world)
    assert "Mia Fern" in story.seen(2026, world.signed_in("senco"))
    for who in ("teacher", "governor"):
        assert world.signed_in(who).client.get(f"{story.home(2026)}repeats/").status_code == 403


def test_a_key_that_stands_for_nothing_is_not_found(world: World) -> None:
    head = begin(world)
    for key in ("nothing", "third-year.", "third-year.0123", "a" * 300):
        assert head.client.get(f"{world.home}noticed/{key}/set-aside").status_code == 404


def test_without_a_map_the_page_says_where_to_begin(world: World) -> None:
    page = words(begin(world).get(f"{world.home}repeats/").text)
    assert "No pupil takes part in anything on the map yet." in page

"""Coverage through the site: hours of Section F, what is left out, and what setting aside does to the plan."""

import re

from tests.web.entering import begin, intervention, pupil, put, stated
from tests.web.forms import RUBBISH, refused, words
from tests.world import Visitor, World
from vfm.store.audit import AuditRow
from vfm.store.plans import ActionRow
from vfm.store.rows import rows_of
from vfm.store.section_f import SectionFRow


class Plans:
    """Eve has a plan, top-up, and an hour on the map; Una has top-up and nothing."""

    def __init__(self, world: World) -> None:
        self.world, self.head = world, begin(world)
        self.eve = pupil(world, self.head, "Eve Moss", status="E", top_up="y")
        self.una = pupil(world, self.head, "Una Reed", status="E", top_up="y")
        role = stated(world, self.head, "Assistant", "20")
        self.line = intervention(world, self.head, "Alone", role)
        put(self.head, f"{world.home}provision-map/{self.line}/pupils", **{f"in-{self.eve}": "y"})
        self.form = f"{world.home}coverage/section-f/{self.eve}"

    def page(self, visitor: Visitor | None = None) -> str:
        return words((visitor or self.head).get(self.world.home + "coverage/").text)

    def rows(self) -> list[tuple[str, str]]:
        with self.world.app.extensions["vfm_database"].read() as db:
            return [(str(row.hours.normalize()), row.per) for row in rows_of(db, SectionFRow, self.world.school.id)]

    def aside(self, slug: str) -> None:
        found = re.search(rf"/noticed/({slug}\.[0-9a-f]+)/set-aside", self.page())
        assert found, slug
        put(self.head, f"{self.world.home}noticed/{found.group(1)}/set-aside", reason="We know why")

    def actions(self) -> set[str]:
        self.head.send(f"{self.world.home}plan/write", page=f"{self.world.home}plan/add")
        with self.world.app.extensions["vfm_database"].read() as db:
            return {row.key for row in rows_of(db, ActionRow, self.world.school.id) if row.state == "open"}


def test_hours_of_section_f_stand_beside_those_planned_and_run(world: World) -> None:
    plans = Plans(world)
    put(plans.head, plans.form, version="0", hours="1.5", per="year")
    page = plans.page()
    cells = re.findall(r'numeric">([^<]+)</td>', page)
    assert cells == ["1 h 30 min", "1 h", "1 h", "Not entered", "0 h", "0 h"]
    assert "Fewer hours are planned than the plan’s Section F says (1)" in page
    assert "In the year, Section F: 1 hour 30 minutes; planned: 1 hour; run or still to run: 1 hour." in page


def test_who_is_waiting_is_listed_becomes_an_action_and_can_be_set_aside(world: World) -> None:
    plans = Plans(world)
    entry = {"pupil_id": str(plans.una), "waits_for": "An assessment", "asked_of": "The psychology service"}
    put(plans.head, f"{world.home}waiting/add", **entry, since__day="2", since__month="3", since__year="2026")
    page = plans.page()
    assert "Waiting for what the school has asked for (1)" in page
    assert "An assessment, asked of The psychology service. Waiting since 2 March 2026:" in page
    assert any("coverage-waiting" in key for key in plans.actions())
    plans.aside("waiting")
    assert "Waiting for what the school has asked for (1)" not in plans.page()


def test_hours_can_be_changed_and_taken_away_and_the_audit_keeps_no_value(world: World) -> None:
    plans = Plans(world)
    put(plans.head, plans.form, version="0", hours="12", per="week")
    put(plans.head, plans.form, version="1", hours="13.25", per="year")
    assert plans.rows() == [("13.25", "year")]
    put(plans.head, plans.form, version="2", hours="", per="year")
    assert plans.rows() == []
    with world.app.extensions["vfm_database"].read() as db:
        kept = [row for row in db.query(AuditRow) if "Section F" in row.subject]
        assert [row.did for row in sorted(kept, key=lambda row: row.at)] == ["added", "changed", "removed"]
        assert all(row.old is None and row.new is None for row in kept)


def test_a_colleague_who_saved_first_is_not_overwritten(world: World) -> None:
    plans = Plans(world)
    put(world.signed_in("senco"), plans.form, version="0", hours="12", per="week")
    answer = plans.head.send(plans.form, version="0", hours="9", per="week")
    assert answer.status_code == 409
    assert "a colleague saved: 12 hours a week" in words(answer.text)
    assert 'value="9"' in answer.text
    assert plans.rows() == [("12", "week")]


def test_what_is_no_number_of_hours_is_refused_beside_the_field(world: World) -> None:
    plans = Plans(world)
    for text in (
        *(each for each in RUBBISH if each != "\x00"),
        "10001",
    ):  # a NUL is nothing, and nothing may be entered
        refused(plans.head.send(plans.form, version="0", hours=text, per="week"))
    refused(plans.head.send(plans.form, version="0", hours="1", per="month"))
    assert plans.rows() == []


def test_a_pupil_of_another_school_or_none_is_not_found(world: World) -> None:
    plans = Plans(world)
    other = world.signed_in("other-school")
    other.send(f"/school/{world.neighbour.slug}/start", page=f"/school/{world.neighbour.slug}/")
    for key in (plans.eve, 1, 1 << 64):
        address = f"/school/{world.neighbour.slug}/2026/coverage/section-f/{key}"
        assert other.client.get(address).status_code == 404


def test_a_funded_pupil_with_nothing_is_named_on_the_page_and_not_in_the_plan(world: World) -> None:
    plans = Plans(world)
    page = plans.page()
    assert "Top-up is received, and nothing is on the map (1)" in page
    assert re.findall(r'<h3 class="govuk-heading-s"><a[^>]+>([^<]+)</a>', page) == ["Una Reed"]
    assert "finding:coverage-funded" in plans.actions()
    assert "Una" not in words(plans.head.get(world.home + "plan/").text)


def test_an_intervention_that_is_set_aside_is_left_out_of_the_action_on_outcomes(world: World) -> None:
    plans = Plans(world)
    assert "finding:no-outcome" in plans.actions()
    plans.aside("no-outcome")
    proposed = words(plans.head.get(f"{world.home}plan/write").text)
    assert "Record for each pupil whether the intended outcome was met" in proposed
    assert "We know why" in plans.page()
    with world.app.extensions["vfm_database"].read() as db:
        row = next(row for row in rows_of(db, ActionRow, world.school.id) if row.key == "finding:no-outcome")
    put(plans.head, f"{world.home}plan/write", drop=row.key)
    assert "finding:no-outcome" not in plans.actions()


def test_contributors_see_nothing_of_it(world: World) -> None:
    plans = Plans(world)
    for who in ("teacher", "governor"):
        visitor = world.signed_in(who)
        for address in (world.home + "coverage/", plans.form):
            assert visitor.client.get(address).status_code == 403

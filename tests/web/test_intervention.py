"""One intervention: who takes part and how its cost falls on them, who pays, what else it costs, and its review."""

from decimal import Decimal

import pytest

from tests.web.forms import RUBBISH, refused, start, words
from tests.world import YEAR, World
from vfm.store.accounts import find_account
from vfm.store.audit import By
from vfm.store.provision import GiverRow, InterventionRow
from vfm.store.pupils import PupilRow
from vfm.store.rows import add_row
from vfm.store.staff import RateRow, StaffRoleRow

NAMES = ("Ada", "Ben", "Cy")


class Group:
    """An intervention for £119.42 with three pupils to choose from, as the SENCO sees it."""

    def __init__(self, world: World) -> None:
        self.world, self.senco = world, start(world, "senco")
        with world.app.extensions["vfm_database"].write.begin() as db:
            account = find_account(db, "senco@example.org")
            assert account is not None
            import datetime as dt  # noqa: PLC0415

            by, school = By(account.id, dt.datetime.now(dt.UTC)), world.school.id
            self.pupils = [str(add_row(db, PupilRow, school, by, "pupil", name=name, status="K").id) for name in NAMES]
            role = add_row(db, StaffRoleRow, school, by, "role", name="Assistant")
            add_row(
                db, RateRow, school, by, "rate", role_id=role.id, card="actual", method="stated",
                per_hour=Decimal("119.42"),
            )  # fmt: skip
            self.id = add_row(
                db, InterventionRow, school, by, "intervention", year=YEAR, name="Reading", tier="targeted",
                minutes=Decimal(60), sessions_in_total=Decimal(1),
            ).id  # fmt: skip
            add_row(
                db, GiverRow, school, by, "giver", intervention_id=self.id, kind="staff", role_id=role.id,
                number=Decimal(1),
            )  # fmt: skip
        self.home = f"{world.home}provision-map/{self.id}/"

    def share(self, basis: str, **more: str) -> None:
        """Changes how the cost is shared, on the intervention's own page."""
        page = self.home.removesuffix("/")
        shown = self.senco.get(page).text
        fields = {"name": "Reading", "tier": "targeted", "time_kind": "intervention", "minutes": "60", "where": "in"}
        fields |= {"giver_1": self._role(shown), "number_1": "1", "sessions_in_total": "1", "estimated": "no"}
        fields |= {"version": shown.split('name="version" value="')[1].split('"')[0], "basis": basis}
        assert self.senco.send(page, **(fields | more)).status_code == 302

    @staticmethod
    def _role(page: str) -> str:
        return page.split('" selected>Assistant')[0].rsplit('value="', 1)[1]

    def everybody(self, name: str, *values: str) -> dict[str, str]:
        """A field of each pupil's line."""
        return {f"{name}-{pupil}": value for pupil, value in zip(self.pupils, values, strict=False)}

    def costed(self) -> str:
        return words(self.senco.get(self.home + "costed").text)


@pytest.fixture
def group(world: World) -> Group:
    return Group(world)


def test_three_pupils_share_119_pounds_42_without_losing_a_penny(group: Group) -> None:
    assert group.senco.send(group.home + "pupils", **group.everybody("in", "y", "y", "y")).status_code == 302
    page = group.costed()
    assert page.count("£39.81") >= 2
    assert page.count("£39.80") == 1
    shown = page[page.index("<main") :]  # the nonce in the head may hold any two letters
    assert shown.index("Ada") < shown.index("Ben") < shown.index("Cy")
    assert "£119.42" in page


def test_a_pupil_who_no_longer_takes_part_goes_and_the_outcome_is_kept(group: Group) -> None:
    page = group.home + "pupils"
    group.senco.send(page, **group.everybody("in", "y", "y"), **group.everybody("result", "met", "not"))
    assert group.costed().count("£59.71") >= 2
    group.senco.send(page, **group.everybody("in", "y"), **group.everybody("result", "met"))
    shown = group.costed()
    assert "Ben" not in shown
    assert '<option value="met" selected>' in group.senco.get(page).text
    assert '<option value="not" selected>' not in group.senco.get(page).text


def test_stated_percentages_must_add_up_to_100(group: Group) -> None:
    group.share("stated")
    page, taking = group.home + "pupils", group.everybody("in", "y", "y", "y")
    shown = refused(group.senco.send(page, **taking, **group.everybody("percent", "50", "25", "24.99")))
    assert "The percentages add up to 99.99, not to 100" in shown
    assert 'value="24.99"' in shown
    sent = group.senco.send(page, **taking, **group.everybody("percent", "50", "25", "25"))
    assert sent.status_code == 302
    costed = group.costed()
    assert "£59.71" in costed
    assert costed.count("£29.86") == 1
    assert costed.count("£29.85") == 1, "the odd penny goes to the one who was entered first"


@pytest.mark.parametrize("typed", [*RUBBISH, "", "100.001", "101"], ids=lambda text: ascii(text)[:12])
def test_a_percentage_that_is_none_is_refused(group: Group, typed: str) -> None:
    group.share("stated")
    refused(group.senco.send(group.home + "pupils", **group.everybody("in", "y"), **group.everybody("percent", typed)))


def test_by_place_the_empty_places_stand_on_their_own(group: Group) -> None:
    group.share("by-place", places="4")
    group.senco.send(group.home + "pupils", **group.everybody("in", "y", "y", "y"))
    shown = group.costed()
    assert "Unfilled places" in shown
    assert shown.count("£29.86") + shown.count("£29.85") >= 4, "a quarter of £119.42 each"


def test_there_are_no_more_pupils_than_places(group: Group) -> None:
    group.share("by-place", places="2")
    answer = group.senco.send(group.home + "pupils", **group.everybody("in", "y", "y", "y"))
    assert "There are 2 places and 3 pupils" in refused(answer)
    assert group.senco.send(group.home + "pupils", **group.everybody("in", "y", "y")).status_code == 302


def test_the_whole_cost_falls_on_exactly_one_pupil(group: Group) -> None:
    group.share("whole", whole_reason="It exists for Ada")
    page, taking = group.home + "pupils", group.everybody("in", "y", "y")
    for carries in ((), ("y", "y")):
        answer = group.senco.send(page, **taking, **group.everybody("all", *carries))
        assert "Choose the one pupil who carries the whole cost" in refused(answer)
    group.senco.send(page, **taking, **group.everybody("all", "y"))
    shown = group.costed()
    assert shown.count("£119.42") >= 3, "the total, its working and Ada's share"
    assert "£0.00" in shown, "Ben's share"


def test_an_outcome_that_is_not_on_the_list_is_refused(group: Group) -> None:
    sent = group.senco.send(
        group.home + "pupils", **group.everybody("in", "y"), **group.everybody("result", "splendid")
    )
    assert "Ada: choose an outcome from the list" in refused(sent)


def test_shares_of_funding_add_up_to_100(group: Group) -> None:
    page = group.home + "funding"
    first = {"source_1": "Notional SEN budget", "percent_1": "60"}
    shown = refused(group.senco.send(page, **first, source_2="Pupil premium", percent_2="39.99"))
    assert "The shares add up to 99.99, not to 100" in shown
    assert "Pupil premium" in shown
    refused(group.senco.send(page, **first, source_2="notional sen budget", percent_2="40"))
    refused(group.senco.send(page, **first, source_2="Pupil premium"))
    refused(group.senco.send(page, **first, percent_2="40"))
    for typed in RUBBISH:
        sent = group.senco.send(page, source_1="Trust", percent_1=typed)
        assert sent.status_code == 400 or typed == "\x00", typed
    assert group.senco.send(page, **first, source_2="Pupil premium", percent_2="40").status_code == 302
    assert "Notional SEN budget: 60%" in group.costed()
    assert "Pupil premium: 40%" in group.costed()


def test_a_review_is_recorded_and_a_colleagues_change_is_not_overwritten(group: Group) -> None:
    page = group.home + "review"
    refused(group.senco.send(page))
    day = {"reviewed_on__day": "31", "reviewed_on__month": "3", "reviewed_on__year": "2027"}
    said = {"reviewed_by": "SENCO and teacher", "decision": "change", "decision_why": "Smaller groups <b>"}
    refused(group.senco.send(page, version="1", **(day | {"reviewed_on__day": "32"}), **said))
    assert group.senco.send(page, version="1", **day, **said).status_code == 302
    shown = group.senco.get(group.home + "costed").text
    assert "31 March 2027" in shown
    assert "Change. Smaller groups &lt;b&gt;" in shown
    stale = group.world.signed_in("office").send(page, version="1", **day, **(said | {"decision_why": "Mine"}))
    assert "Somebody else changed this intervention" in refused(stale)
    assert "Mine" in stale.text
    assert "Smaller groups" in group.costed()


def test_another_cost_is_part_of_the_total(group: Group) -> None:
    cost = {"name": "Books", "kind": "consumables", "amount": "80.58", "estimated": "no"}
    assert group.senco.send(group.home + "costs/add", **cost).status_code == 302
    shown = group.costed()
    assert "£200.00" in shown
    assert "Books" in shown
    refused(group.senco.send(group.home + "costs/add", **(cost | {"kind": "equipment"})))

"""Fairness through the site: who sees what, what is withheld, and that a difference is a question."""

import re

from tests.web.entering import begin, intervention, pupil, stated
from tests.web.forms import words
from tests.world import Visitor, World
from vfm.stages.noticing import PATTERNS


def school(world: World, support: int = 6, plans: int = 6) -> tuple[Visitor, list[int]]:
    """So many on SEN Support in a group of £120 and as many with a plan, of whom one has an hour of £20."""
    head = begin(world)
    role = stated(world, head, "Assistant", "20")
    supported = [pupil(world, head, f"Kay {n}") for n in range(support)]
    planned = [pupil(world, head, f"Eve {n}", status="E") for n in range(plans)]
    for name, hours, members in (("Reading", "6", supported), ("Alone", "1", planned[:1])):
        it = intervention(world, head, name, role, sessions_in_total=hours)
        part = {f"in-{key}": "y" for key in members}
        assert head.send(f"{world.home}provision-map/{it}/pupils", **part).status_code == 302
    return head, [*supported, *planned]


def rows(page: str, caption: str) -> dict[str, list[str]]:
    table = re.search(rf"<caption[^>]*>{caption}</caption>(.*?)</table>", page, re.DOTALL)
    assert table, caption
    found = {}
    for row in table.group(1).split("<tr")[2:]:
        name, *cells = (
            re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        )
        found[name] = cells
    return found


def test_each_group_has_its_number_mean_middle_and_range(world: World) -> None:
    head, _ = school(world)
    page = words(head.get(world.home + "fairness/").text)
    assert rows(page, "SEN status") == {
        "EHC plan": ["6", "£3.33", "£0.00", "£0.00 to\n£20.00", "10 min", "0 min", "0 min to\n1 h"],
        "SEN Support": ["6", "£20.00", "£20.00", "£20.00 to\n£20.00", "6 h", "6 h", "6 h to\n6 h"],
    }
    assert "A difference is a question to explain, not unfairness." in page


def test_a_group_of_four_is_withheld_and_the_other_with_it(world: World) -> None:
    head, _ = school(world, plans=4)
    page = words(head.get(world.home + "fairness/").text)
    for cells in rows(page, "SEN status").values():
        assert cells == ["Withheld", *[""] * 6]


def test_how_unevenly_it_falls_is_for_leadership_alone(world: World) -> None:
    head, _ = school(world)
    page = words(head.get(world.home + "fairness/").text)
    assert rows(page, "Among whom") == {
        "Everybody on the register": ["12", "17.1%", "0.42"],
        "EHC plan": ["6", "Too few pupils, or nothing given", "0.83"],
        "SEN Support": ["6", "Too few pupils, or nothing given", "0.00"],
    }
    theirs = words(world.signed_in("senco").get(world.home + "fairness/").text)
    assert "Gini" not in theirs
    assert "SEN Support" in theirs


def test_a_pupil_with_sen_and_nothing_is_named_and_can_be_set_aside(world: World) -> None:
    head, _ = school(world)
    page = words(head.get(world.home + "fairness/").text)
    assert "With SEN, and nothing on the map (5)" in page
    key = re.search(r"/noticed/(nothing\.[0-9a-f]+)/set-aside", page)
    assert key
    home = f"{world.home}noticed/{key.group(1)}/set-aside"
    assert head.send(home, reason="Joins in January").status_code == 302
    page = words(world.signed_in("senco").get(world.home + "fairness/").text)
    assert "With SEN, and nothing on the map (4)" in page
    assert "Joins in January" in page


def test_contributors_see_nothing_of_it(world: World) -> None:
    school(world)
    for who in ("teacher", "governor"):
        assert world.signed_in(who).client.get(world.home + "fairness/").status_code == 403


def test_an_empty_register_is_said_and_not_an_error(world: World) -> None:
    page = words(begin(world).get(world.home + "fairness/").text)
    assert "No pupil is on the register yet." in page


def test_no_pattern_says_that_something_is_unfair_or_gives_a_number_away() -> None:
    for patterns in PATTERNS.values():
        for pattern in patterns:
            said = f"{pattern.title} {pattern.plan} {pattern.action}".replace("not unfairness", "")
            assert "unfair" not in said
            assert not re.search(r"\d", pattern.plan), pattern.slug

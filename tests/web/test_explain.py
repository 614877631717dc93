"""Every figure opens its working, and every input that is entered somewhere leads there."""

import re

from tests.web.filled import fill
from tests.web.forms import words
from tests.world import World
from vfm.stages import SLUGS


def opened(text: str) -> list[str]:
    """The workings on a page, one a figure."""
    return re.findall(r'<div class="vfm-card" id="figure-\d+">.*?</details></div>', text, re.S)


def test_each_figure_opens_its_working_and_its_inputs_lead_to_where_they_are_entered(world: World) -> None:
    fill(world)
    head = world.signed_in("leadership")
    leads: set[str] = set()
    for slug in SLUGS:
        for working in opened(head.get(f"{world.home}{slug}/").text):
            assert "How it is worked out" in working
            assert re.search(r'govuk-details__text"><p class="govuk-body">[^<]{8,}', working), working
            assert "rounded once, half up" in words(working)
            leads |= set(re.findall(r'href="([^"]+)"', working))
    assert len(leads) >= 5, leads
    for address in sorted(leads):
        assert head.get(address).status_code == 200, address


def test_an_input_leads_to_its_own_row(world: World) -> None:
    _, within = fill(world)
    head = world.signed_in("leadership")
    page = head.get(world.home + "funding/").text
    assert f"{world.home}income/{within['income']['row']}" in "".join(opened(page))
    assert "As at " in words(page)

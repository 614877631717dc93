"""The filter of the map, kept in the address alone: what can be chosen, what is chosen, and what that means in words."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask import request
from wtforms import SelectChoice

from vfm.costing.intervention import Tier
from vfm.costing.provision_map import CostedMap
from vfm.pupils.pupil import Pupil
from vfm.value.map_choice import IN, NOT_STATED, OUT, WHOLE_CLASS_FROM, MapChoice, Size, sources_of
from vfm.web.fields import Form, Menu
from vfm.web.intervention_form import AREAS
from vfm.web.pupils import YEAR_WORDS

YEARS = {"-2": "Before nursery"} | YEAR_WORDS
Menus = Mapping[str, Mapping[str, str]]
"""For each menu what can be chosen, and its words."""
LABELS = {
    "tier": "Tier",
    "need": "Area of need",
    "size": "Size of the group",
    "where": "In class or withdrawn",
    "funding": "Funding source",
    "in_year": "Year group",
    "class_name": "Class",
}
SIZES = (
    f"Individual: one pupil at a time. Whole class: universal, or {WHOLE_CLASS_FROM} pupils or more at one time. "
    "Small group: everything between. Size not known: no pupils are named and no number is given."
)


class FilterForm(Form):
    """The menus. They are sent as an address, so they change nothing and can be kept as a bookmark."""

    class Meta:
        csrf = False

    tier = Menu(LABELS["tier"])
    need = Menu(LABELS["need"])
    size = Menu(LABELS["size"])
    where = Menu(LABELS["where"])
    funding = Menu(LABELS["funding"])
    in_year = Menu(LABELS["in_year"])
    class_name = Menu(LABELS["class_name"])


@dataclass(frozen=True, slots=True)
class Filter:
    """What is chosen of the map, out of what can be chosen."""

    choice: MapChoice
    menus: Menus

    @property
    def query(self) -> dict[str, str]:
        """What is chosen, by name, for an address; what is not chosen is left out."""
        return {name: word for name, word in asdict(self.choice).items() if word}

    @property
    def said(self) -> list[tuple[str, str]]:
        """Each menu in which something is chosen, and what."""
        return [(LABELS[name], self.menus[name][word]) for name, word in self.query.items()]

    @property
    def form(self) -> FilterForm:
        """The menus as they stand in the address."""
        form = FilterForm(formdata=None, **asdict(self.choice))
        offer(form, self.menus)
        return form


def offer(form: Any, menus: Menus) -> None:
    """Fills menus that may be left at "Any"; one in which there is nothing to choose is taken away."""
    for name, words in menus.items():
        form[name].choices = [SelectChoice("", "Any"), *(SelectChoice(*each) for each in words.items())]
        if not words:
            del form[name]


def filter_of(costed: CostedMap, pupils: Mapping[str, Pupil]) -> Filter:
    """The filter in the address. A word that cannot be chosen here leaves out nothing."""
    menus = _menus(costed, pupils)
    return Filter(MapChoice(**asked(menus)), menus)


def asked(menus: Menus) -> dict[str, str]:
    """What the address chooses of some menus."""
    words = {name: request.args.get(name, "") for name in menus}
    return {name: word for name, word in words.items() if word in menus[name]}


def _menus(costed: CostedMap, pupils: Mapping[str, Pupil]) -> Menus:
    its = [each.intervention for each in costed.interventions]
    needs = dict.fromkeys((*AREAS, *(it.need for it in its if it.need)))
    return {
        "tier": {tier.value: tier.value.capitalize() for tier in Tier},
        "need": {need: need for need in needs} | {NOT_STATED: "Not stated"},
        "size": {size.value: size.words for size in Size},
        "where": {IN: "In class", OUT: "Withdrawn from class"},
        "funding": _sources(source for it in its for source in sources_of(it)),
        "in_year": {year: words for year, words in YEARS.items() if year in {str(each.year) for each in pupils.values()}},
        "class_name": {each: each for each in sorted({p.class_name for p in pupils.values() if p.class_name})},
    }  # fmt: skip


def _sources(found: Iterable[str]) -> dict[str, str]:
    every = set(found)
    stated = {source: source for source in sorted(every - {NOT_STATED}, key=str.casefold)}
    return stated | ({NOT_STATED: "Not stated"} if NOT_STATED in every else {})

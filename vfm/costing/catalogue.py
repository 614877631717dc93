"""A catalogue of programmes, of a school or the starter library: which programme a name stands for, and which ones fit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from vfm.costing.programme import Programme, folded


class CatalogueError(ValueError):
    """Two programmes answer to one name; the message says which."""


@dataclass(frozen=True)
class Catalogue:
    """Programmes in order, of which no two answer to one name. Raises CatalogueError."""

    programmes: tuple[Programme, ...] = ()

    def __post_init__(self) -> None:
        for clash in clashes(self.programmes):
            raise CatalogueError(clash)

    def __iter__(self) -> Iterator[Programme]:
        return iter(self.programmes)

    def __len__(self) -> int:
        return len(self.programmes)

    @cached_property
    def by_key(self) -> Mapping[str, Programme]:
        return {programme.key: programme for programme in self}

    @cached_property
    def _by_name(self) -> Mapping[str, Programme]:
        return {folded(name): programme for programme in self for name in programme.names}

    def find(self, text: str) -> Programme | None:
        """The programme of this name or alias, or None."""
        return self._by_name.get(folded(text))

    def shared_by(self, other: Programme) -> Programme | None:
        """The first programme here that answers to any name of another one, or None."""
        return next((found for name in other.names if (found := self.find(name))), None)

    def may_mean(self, text: str) -> list[Programme]:
        """The programmes that schools may mean by a word which is no name of one programme."""
        word = folded(text)
        return [each for each in self if word in {folded(unclear) for unclear in each.unclear}]

    def matching(self, text: str = "", area: str = "", tier: str = "") -> list[Programme]:
        """Those with the text in one of their words, for this area of need and of this tier; empty means any."""
        word = folded(text) if text.strip() else ""
        return [
            each
            for each in self
            if (not area or area in each.areas)
            and (not tier or tier == each.tier)
            and (not word or any(word in folded(said) for said in (*each.names, *each.unclear, each.kind)))
        ]


def clashes(programmes: Iterable[Programme]) -> Iterator[str]:
    """Each name that two programmes claim, in words."""
    seen: dict[str, Programme] = {}
    for programme in programmes:
        for name in dict.fromkeys(folded(each) for each in programme.names):
            other = seen.setdefault(name, programme)
            if other is not programme:
                said = next(each for each in programme.names if folded(each) == name)
                yield f"{said!r} is a name of both {other.name!r} and {programme.name!r}"


def first_come(programmes: Sequence[Programme]) -> Catalogue:
    """A catalogue of programmes that were never held against each other: a name that two claim is the earlier one's."""
    taken: set[str] = set()
    kept = []
    for programme in programmes:
        if folded(programme.name) not in taken:
            free = tuple(name for name in programme.aliases if folded(name) not in taken)
            kept.append(replace(programme, aliases=free))
            taken |= {folded(name) for name in programme.names}
    return Catalogue(tuple(kept))

"""Makes interventions of the lines of a map's sheet: which lines are one, and what tells those apart that share a name."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from vfm.costing.map_cells import LONGEST_NAME
from vfm.costing.map_lines import Entry, Line, MapSheet
from vfm.costing.map_roles import Roles
from vfm.costing.map_words import AREAS
from vfm.money import pounds
from vfm.sheets.headings import Layout
from vfm.sheets.preview import joined, rows_words

OF_A_PUPIL = frozenset({"need", "outcome", "review_on", "other_cost"})
"""What may differ from pupil to pupil in one group, in a sheet with a row for each."""
LONGEST_OUTCOME = 1_000
Refuse = Callable[[int, int, str], None]


def gather(
    found: MapSheet, layout: Layout, roles: Roles, answers: Mapping[str, str], names: Collection[str], refuse: Refuse
) -> None:  # fmt: skip
    """Fills the sheet's entries from its lines. `names` are those that the school's map has already."""
    _Gathering(found, layout, roles, answers, {name.casefold() for name in names}, refuse).gather()


class _Gathering:
    def __init__(
        self, found: MapSheet, layout: Layout, roles: Roles, answers: Mapping[str, str], names: set[str], refuse: Refuse
    ) -> None:  # fmt: skip
        self.found, self.roles, self.names, self.refuse = found, roles, names, refuse
        pupils = layout.column("pupils") is not None
        self.by_pupil = pupils and all(len(line.pupils) < 2 for line in found.lines)
        self.by_cell = layout.column("name") is None
        self.sets: dict[tuple[str, str], list[Line]] = {}
        for line in found.lines:
            self.sets.setdefault((line.name.casefold(), line.year.casefold()), []).append(line)
        self.found.same_name = answers.get("same_name") or self._likely()

    def gather(self) -> None:
        for lines in self.sets.values():
            if self.by_pupil:
                self._pupils(lines)
            elif len(lines) == 1 or self.by_cell:
                self._make([lines])
            else:
                self._same_name(lines)
        self.found.entries = dict(sorted(self.found.entries.items(), key=lambda each: each[1].rows[0]))

    def _likely(self) -> str:
        """Rows that differ in anything, or give a cost each, are different groups; others are one."""
        several = [lines for lines in self.sets.values() if len(lines) > 1]
        apart = any(not _all_same(lines) or all(line.cost is not None for line in lines) for lines in several)
        return "groups" if apart else "one"

    def _same_name(self, lines: Sequence[Line]) -> None:
        """Several rows of one name, in a sheet with a row for each intervention: whatever was answered."""
        self.found.repeated.append(lines[0].name)
        if self.found.same_name == "groups":
            self._make([[line] for line in lines])
        else:
            self._make([lines])
            self.found.warned.append(_merged_words(lines))

    def _pupils(self, lines: Sequence[Line]) -> None:
        """A row for each pupil: those that agree on how it is given are one group."""
        groups: list[list[Line]] = []
        for line in lines:
            fitting = next((each for each in groups if all(self._fit(line, other) for other in each)), None)
            if fitting is None:
                groups.append([line])
            else:
                fitting.append(line)
        made = self._make(groups)
        if len(groups) > 1:
            listed = "; ".join(f"{entry.name} ({rows_words(entry.rows)})" for entry in made)
            self.found.warned.append(
                f"The rows of {lines[0].name} do not agree on how it is given, so they become {len(made)} groups, each with the "
                f"pupils of its own rows: {listed}"
            )

    def _fit(self, one: Line, other: Line) -> bool:
        """Whether two rows agree wherever both say something."""
        both = set(one.values) & set(other.values) - OF_A_PUPIL
        same = all(one.values[meaning].value == other.values[meaning].value for meaning in both)
        mine, others = (
            {(each.kind, self.roles.settled(each.role)): each.number for each in line.staff} for line in (one, other)
        )
        numbers = all(not mine[who] or not others.get(who) or mine[who] == others[who] for who in mine)
        return same and (not mine or not others or (mine.keys() == others.keys() and numbers))

    def _make(self, groups: Sequence[Sequence[Line]]) -> list[Entry]:
        made = [self._entry(name, lines) for name, lines in zip(self._names(groups), groups, strict=True)]
        self.found.entries |= {entry.key: entry for entry in made}
        return made

    def _names(self, groups: Sequence[Sequence[Line]]) -> list[str]:
        """A name for each group. One that the school has already is kept, with what tells the group apart or without."""
        base, year = groups[0][0].name, groups[0][0].year
        if len(groups) == 1:
            usual = _named(base, [year])
            told = _named(base, [year, _only(line.group for line in groups[0])])
            return [told if told.casefold() in self.names and usual.casefold() not in self.names else usual]
        taken = self.names & {_named(base, [year]).casefold()}
        names = [_named(base, parts) for parts in self._told_apart(groups, year)]
        new = [place for place, name in enumerate(names) if name.casefold() not in self.names]
        if taken and new and not taken & {name.casefold() for name in names}:
            names[new[0]] = _named(base, [year])
        return self._once(names)

    def _told_apart(self, groups: Sequence[Sequence[Line]], year: str) -> list[list[str]]:
        """What is added to the name of each: its class, else who gives it, else its number."""
        parts = [[year, _only(line.group for line in lines)] for lines in groups]
        for alike in _alike(parts):
            staff = [_only(self._givers(line) for line in groups[place]) for place in alike]
            if len(set(staff)) > 1:
                for place, words in zip(alike, staff, strict=True):
                    parts[place].append(words)
        for alike in _alike(parts):
            for number, place in enumerate(alike):
                parts[place].append(f"group {number + 1}" if number else "")
        return parts

    def _givers(self, line: Line) -> str:
        return ", ".join(each.role or each.kind.words for each in line.staff)

    def _once(self, names: Iterable[str]) -> list[str]:
        """No name twice, whatever stands in the rest of the sheet."""
        used, made = {*self.found.entries}, []
        for name in names:
            number, once = 2, name
            while once.casefold() in used:
                once, number = _named(name, [f"group {number}"]), number + 1
            used.add(once.casefold())
            made.append(once)
        return made

    def _entry(self, name: str, lines: Sequence[Line]) -> Entry:
        entry = Entry(name, rows=list(dict.fromkeys(line.row for line in lines)))
        for line in lines:
            for meaning, said in line.values.items():
                self._put(entry, line, meaning, said.value, said.column)
            entry.staff += [each for each in line.staff if each not in entry.staff]
            entry.pupils += [each for each in line.pupils if each not in entry.pupils]
            entry.notes += [each for each in line.notes if each not in entry.notes]
            if line.cost is not None:
                entry.cost = line.cost + (entry.cost or 0)
        return entry

    def _put(self, entry: Entry, line: Line, meaning: str, value: Any, column: int) -> None:
        """Keeps a value; rows of one intervention must not say different things."""
        before = entry.values.setdefault(meaning, value)
        if meaning == "other_cost" and line.row != entry.rows[0]:
            entry.values[meaning] = before if self.by_pupil and before == value else before + value
        elif before != value and self.by_pupil and meaning in OF_A_PUPIL:
            entry.values[meaning] = _of_all(meaning, before, value)
        elif before != value and not self.by_cell:
            expected = f"expected what row {entry.rows[0]} says, or that the rows of {line.name} are different groups"
            self.refuse(line.place, column, expected)


def _of_all(meaning: str, before: Any, value: Any) -> Any:
    """One value of what differs from pupil to pupil: two areas of need, two outcomes, the earlier review."""
    if meaning == "need":
        return AREAS[-1]
    if meaning == "review_on":
        return min(before, value)
    both = before if value in before.split("; ") else f"{before}; {value}"
    return both if len(both) <= LONGEST_OUTCOME else before


def _all_same(lines: Sequence[Line]) -> bool:
    said = [
        ({name: said.value for name, said in line.values.items()}, line.staff, line.pupils, line.group)
        for line in lines
    ]
    return all(each == said[0] for each in said)


def _alike(parts: Sequence[Sequence[str]]) -> list[list[int]]:
    """The places of those that are told by the same words."""
    places: dict[str, list[int]] = {}
    for place, words in enumerate(parts):
        places.setdefault(_named("", words).casefold(), []).append(place)
    return [each for each in places.values() if len(each) > 1]


def _only(words: Iterable[str]) -> str:
    """The words of all lines of a group where they are the same, else nothing."""
    different = {each for each in words if each}
    return different.pop() if len(different) == 1 else ""


def _named(name: str, parts: Iterable[str]) -> str:
    """Such as Phonics (Year 1, HLTA), short enough for a name."""
    told = ", ".join(part for part in parts if part)
    added = f" ({told})" if told else ""
    return name[: LONGEST_NAME - len(added)] + added[:LONGEST_NAME]


def _merged_words(lines: Sequence[Line]) -> str:
    """What must not be overlooked where rows are taken for one."""
    rows = rows_words([line.row for line in lines])
    costs = [f"{pounds(line.cost)} in row {line.row}" for line in lines if line.cost is not None]
    words = f"{rows.capitalize()} are brought in as one intervention, {lines[0].name}, and costed once"
    return words + (f". The sheet has {joined(costs)} for it" if costs else "")

"""Which part of each ledger line is for SEN: lines by code, what was said of the same line last time, and the sum."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.costing.budget import LedgerLine, ledger_not_counted, ledger_sen
from vfm.costing.ledger_sheet import CFR
from vfm.money import Number, add_up, half_up, in_pence, pounds


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The percentage that was set for the same line last time, and the ground for it."""

    share: Number
    ground: str


@dataclass(frozen=True, slots=True)
class CodeLines:
    """The lines of one code of the accounts."""

    code: str
    lines: tuple[LedgerLine, ...]

    @property
    def title(self) -> str:
        """The code, with its title in the framework where that is known."""
        return f"{self.code} {CFR.get(self.code.upper(), '')}".strip() or "Lines without a code"

    @property
    def amount(self) -> Fraction:
        """Σ amounts, in pence."""
        return add_up(in_pence(line.amount) for line in self.lines)


def by_code(lines: Iterable[LedgerLine]) -> tuple[CodeLines, ...]:
    """Lines gathered by code, in order of the codes, those without a code last; within a code as they were entered."""
    found: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        found[line.code.casefold()].append(line)
    keys = sorted(found, key=lambda key: (not key, key))
    return tuple(CodeLines(found[key][0].code, tuple(found[key])) for key in keys)


def suggest(lines: Sequence[LedgerLine], earlier: Sequence[LedgerLine]) -> dict[str, Suggestion]:
    """For lines without a share, by id: what the same line had. The same: code and words, else a code that is alone.

    Where several earlier lines are the same and do not agree, nothing is suggested: nobody can tell which is meant.
    """
    alone = _alone(earlier) & _alone(lines)
    by_words, by_its_code = _agreed(earlier, _words), _agreed(earlier, _code)
    found = (
        (line, by_words.get(_words(line)) or (by_its_code.get(_code(line)) if _code(line) in alone else None))
        for line in lines
        if line.sen_share is None
    )
    return {line.id: suggestion for line, suggestion in found if suggestion is not None}


def sum_words(lines: Sequence[LedgerLine]) -> str:
    """Such as: £12.00 of £300.00 is for SEN; 2 lines, £50.00 in all, have no share yet."""
    spent = add_up(in_pence(line.amount) for line in lines)
    words = f"{pounds(half_up(ledger_sen(lines)))} of {pounds(half_up(spent))} is for SEN"
    without = sum(line.sen_share is None for line in lines)
    if not without:
        return words
    some = "1 line has" if without == 1 else f"{without} lines have"
    return f"{words} so far; {some} no share yet, {pounds(half_up(ledger_not_counted(lines)))} in all"


def _code(line: LedgerLine) -> str:
    return line.code.casefold()


def _words(line: LedgerLine) -> tuple[str, str]:
    return _code(line), " ".join(line.name.casefold().split())


def _alone(lines: Sequence[LedgerLine]) -> set[str]:
    """Codes that one line of the ledger has."""
    return {_code(group.lines[0]) for group in by_code(lines) if group.code and len(group.lines) == 1}


def _agreed(earlier: Sequence[LedgerLine], key: Callable[[LedgerLine], Hashable]) -> dict[Hashable, Suggestion]:
    """What all earlier lines that answer to one key have in common, where they have."""
    said: dict[Hashable, set[Suggestion | None]] = defaultdict(set)
    for line in earlier:
        said[key(line)].add(None if line.sen_share is None else Suggestion(line.sen_share, line.basis))
    return {each: one for each, (one, *others) in said.items() if one is not None and not others}

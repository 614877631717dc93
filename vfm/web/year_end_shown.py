"""Two years' maps as they stand beside each other on a page, on the rates that this person may see."""

from collections.abc import Sequence
from fractions import Fraction

from vfm.costing.calendar import AcademicYear
from vfm.costing.provision_map import CostedMap
from vfm.money import hours_and_minutes, pounds
from vfm.store.costed import costed_year
from vfm.store.pupils import pupils_of
from vfm.store.year_end import RollOverRow
from vfm.value.beside import Pair
from vfm.web.database import db
from vfm.web.permissions import here


def costed_pair(row: RollOverRow) -> tuple[CostedMap, CostedMap]:
    """The map of the year that ends, and of the next one."""
    before, after = (_map(year) for year in (row.year, row.year + 1))
    return before, after


def _map(year: int) -> CostedMap:
    school = here().school.id
    return costed_year(db(), school, AcademicYear(year), pupils_of(db(), school, year), leadership=here().leads).actual


def pair_rows(
    pairs: Sequence[Pair], totals: tuple[tuple[int, int, int], tuple[int, int, int]]
) -> list[dict[str, object]]:
    """Each line in words, and the total as the last."""
    rows = [_row(pair.name, pair.became.value, pair.reason, pair.minutes, pair.pence, pair) for pair in pairs]
    return [*rows, _row("Total", "", "", *totals, None)]


def _row(
    name: str, became: str, reason: str, minutes: tuple[int, int, int], pence: tuple[int, int, int], pair: Pair | None
) -> dict[str, object]:
    """Where a line is not on one of the maps, its cells of that year are empty."""
    there = (pair is None or pair.before is not None, pair is None or pair.after is not None)
    hours = [_time(minutes[n]) if there[n] else "" for n in (0, 1)]
    costs = [pounds(pence[n]) if there[n] else "" for n in (0, 1)]
    return {
        "name": name, "became": became, "reason": reason, "key": pair.after.key if pair and pair.after else "",
        "cells": [*hours, _more(minutes[2], _time(abs(minutes[2]))), *costs, _more(pence[2], pounds(abs(pence[2])))],
    }  # fmt: skip


def _time(minutes: int) -> str:
    """Such as 63 h 20 min: eight columns must fit beside each other."""
    words = hours_and_minutes(Fraction(minutes))
    return words.replace(" hours", " h").replace(" hour", " h").replace(" minutes", " min").replace(" minute", " min")


def _more(number: int, words: str) -> str:
    return "The same" if number == 0 else f"{'+' if number > 0 else '−'}{words}"

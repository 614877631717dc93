"""Pounds and pence: reading what was typed, rounding half up once, sharing out odd pennies, printing.

Inside the program an exact amount is a Fraction, in PENCE. What a person typed is a Decimal, in POUNDS. A whole
number of pence (int) is a rounded amount, ready to print.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TypeAlias

Number: TypeAlias = int | Decimal | Fraction
"""A count that a person typed: sessions, weeks, minutes, percent. Exact; never a float."""
Ratio: TypeAlias = tuple[int, int]
"""An exact number as numerator and denominator (above 0), not reduced: what is added up in long lists is kept so."""

LARGEST = Decimal("99999999.99")
_DIGITS = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+", re.ASCII)
_GROUPED = re.compile(r"[-−]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", re.ASCII)
_SIGNS = ("-", "−")


class MoneyError(ValueError):
    """What was typed is not a figure that can be used; the message says what to type."""


class RangeError(MoneyError):
    """The figure is well written, and too small or too large."""


def read_money(text: str, *, places: int = 2, below_zero: bool = False) -> Decimal:
    """Pounds, exact to `places` decimals (2, or 4 for an hourly rate), from text that may hold £, commas and spaces.

    Refuses with a MoneyError: NaN, infinity, words, more decimals, over £99,999,999.99, and, unless `below_zero`,
    anything under £0.
    """
    bare = _without_commas("".join(text.split()).replace("£", "", 1))
    amount = _decimal(bare, places, "enter an amount in pounds, such as 1,234.50")
    if amount < 0 and not below_zero:
        raise RangeError("must be £0 or more")
    if abs(amount) > LARGEST:
        raise RangeError("must be £99,999,999.99 or less")
    return amount


def read_number(text: str, *, places: int = 2, low: Decimal = Decimal(0), high: Decimal = LARGEST) -> Decimal:
    """A number of hours, weeks, sessions or percent, exact to `places`, from `low` to `high`, both included."""
    bare = _without_commas("".join(text.split()))
    amount = _decimal(bare, places, "enter a number, such as 38" if places == 0 else "enter a number, such as 12.5")
    if not low <= amount <= high:
        raise RangeError(f"must be from {_plain(low)} to {_plain(high)}")
    return amount


def _without_commas(text: str) -> str:
    """Commas stand between thousands and nowhere else: 1,50 is not £150, and nobody is asked to guess."""
    if "," in text and not _GROUPED.fullmatch(text):
        raise MoneyError("use commas between thousands only, such as 1,234.50")
    return text.replace(",", "")


def _decimal(bare: str, places: int, advice: str) -> Decimal:
    minus = bare.startswith(_SIGNS)
    digits = bare[1:] if minus else bare
    if not _DIGITS.fullmatch(digits):
        raise MoneyError(advice)
    whole, _, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) > places:
        raise MoneyError(_too_fine(places))
    if len(whole.lstrip("0")) > len("99999999"):
        raise RangeError("must be 99,999,999.99 or less")
    amount = Decimal(f"{whole or '0'}.{decimals.ljust(places, '0')}")
    return -amount if minus and amount else amount


def _too_fine(places: int) -> str:
    return "enter a whole number" if places == 0 else f"use no more than {places} decimals"


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_pence(amount: Number) -> Fraction:
    """A typed amount in pounds, as exact pence."""
    return Fraction(amount) * 100


def half_up(amount: Fraction) -> int:
    """Whole pence, halves away from nought, so that a difference prints alike whichever way it is taken."""
    rounded = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return rounded if amount >= 0 else -rounded


def apportion(parts: Sequence[Fraction], total: int | None = None) -> list[int]:
    """Each exact part (pence) in whole pence, so that they add up to `total`: odd pennies to the largest remainders.

    `total` is half_up(sum(parts)) unless given; ties go in list order. Refuses a total that rounding cannot reach.
    """
    return apportion_over(*over_one([part.as_integer_ratio() for part in parts]), total)


def over_one(ratios: Iterable[Ratio]) -> tuple[list[int], int]:
    """The same numbers as numerators over one common denominator."""
    ratios = list(ratios)
    denominators = {below for _, below in ratios}
    if len(denominators) == 1:
        return [above for above, _ in ratios], denominators.pop()
    denominator = lcm(*denominators)
    return [above * (denominator // below) for above, below in ratios], denominator


def apportion_over(numerators: Sequence[int], denominator: int, total: int | None = None) -> list[int]:
    """As `apportion`, for parts held as whole numbers over one denominator above 0: the light path for long lists."""
    printed = half_up(Fraction(sum(numerators), denominator)) if total is None else total
    pairs = [divmod(numerator, denominator) for numerator in numerators]
    return _with_odd_pennies([floor for floor, _ in pairs], [rest for _, rest in pairs], printed)


def _with_odd_pennies(floors: list[int], remainders: Sequence[int], total: int) -> list[int]:
    odd = total - sum(floors)
    if not 0 <= odd <= len(floors):
        raise ValueError(f"parts that come to about {sum(floors)} pence cannot be printed to add up to {total}")
    largest = sorted(range(len(floors)), key=lambda place: -remainders[place])
    for place in largest[:odd]:
        floors[place] += 1
    return floors


def add_up(parts: Iterable[Fraction]) -> Fraction:
    """The exact sum of exact parts, in their unit; nought for none."""
    return sum(parts, Fraction(0))


def add_ratios(ratios: Iterable[Ratio]) -> Fraction:
    """As `add_up`, for long lists: whole numbers are added up by denominator first, since there are few of them."""
    sums: dict[int, int] = {}
    for above, below in ratios:
        sums[below] = sums.get(below, 0) + above
    numerators, denominator = over_one((above, below) for below, above in sums.items())
    return Fraction(sum(numerators), denominator)


def pounds(amount: int | Decimal) -> str:
    """Such as £1,234.50, from whole pence (int) or from pounds as they were typed (Decimal)."""
    value = Decimal(amount).scaleb(-2) if isinstance(amount, int) else amount
    return f"-£{-value:,.2f}" if value < 0 else f"£{value:,.2f}"


def percent_words(percent: Fraction) -> str:
    """A percentage with at most one decimal, half up."""
    tenths = half_up(percent * 10)
    sign, whole, rest = "-" if tenths < 0 else "", abs(tenths) // 10, abs(tenths) % 10
    return f"{sign}{whole}%" if rest == 0 else f"{sign}{whole}.{rest}%"


def hours_and_minutes(minutes: Fraction) -> str:
    """Such as 2 hours 30 minutes; rounded half up to the minute, once, here."""
    whole = half_up(minutes)
    hours, rest = divmod(abs(whole), 60)
    words = [_counted(hours, "hour")] if hours else []
    words += [_counted(rest, "minute")] if rest or not hours else []
    return ("minus " if whole < 0 else "") + " ".join(words)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

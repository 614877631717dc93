"""The unique pupil number: how it is written, and whether its check letter is the right one."""

import re

# The letters of the DfE's guide to UPNs: I, O and S are left out, since they are taken for 1, 0 and 5.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
SHAPE = re.compile(rf"[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]", re.ASCII)


def tidy_upn(text: str) -> str:
    """A number as it is kept: capitals, without spaces, hyphens or a spreadsheet's apostrophe."""
    return re.sub(r"[\s'\-‐-–]", "", text).upper()


def check_letter(rest: str) -> str:
    """The letter that belongs before the twelve other signs.

    Each sign's value (a letter of a temporary number counts by its place in the list) times its place, 2 to 13, added up;
    the remainder by 23 is the letter's place (DfE, Unique pupil numbers: a guide for schools and authorities).
    """
    values = (int(sign) if sign.isdigit() else LETTERS.index(sign) for sign in rest)
    return LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % len(LETTERS)]


def is_upn(upn: str) -> bool:
    """Whether it is written as a UPN is: a letter, eleven figures, and a figure or (temporary) a letter."""
    return bool(SHAPE.fullmatch(upn))


def is_temporary(upn: str) -> bool:
    """A temporary number ends in a letter: a school gives it until it knows the pupil's own."""
    return is_upn(upn) and upn[-1].isalpha()


def right_letter(upn: str) -> bool:
    """Whether a number that is written as a UPN begins with the letter that belongs to it."""
    return check_letter(upn[1:]) == upn[0]

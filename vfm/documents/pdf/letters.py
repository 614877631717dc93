"""Makes typed text fit to be drawn: no control characters, and Arabic and Hebrew words in the order they are drawn."""

import re
import unicodedata
from functools import cache

UNKNOWN = "\ufffd"
NO_BREAK = "\u00a0"
SHORT = 60

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]+(?: [\u0590-\u08ff]+)*")
_CLUSTER = re.compile(r"\u0644[\u0622\u0623\u0625\u0627]|.", re.DOTALL)
_DROPPED = {"Cc", "Cf"}
_UNREADABLE = {"Cs", "Co", "Cn"}


def clean(text: str) -> str:
    """The text with one kind of line end, composed letters, and nothing that cannot be seen."""
    text = re.sub(r"\r\n?|[\u0085\u2028\u2029]", "\n", text).replace("\t", " ")
    text = "".join(_letter(letter) for letter in text)
    return unicodedata.normalize("NFC", text)


def line(text: str) -> str:
    """The same on one line, for titles, bookmarks and page headers."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> list[str]:
    """The text's paragraphs: an empty line parts them, a single line end stays within one."""
    return [part.strip() for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]


def drawn(text: str) -> str:
    """Cleaned text in the order in which it is drawn, from left to right; Arabic letters take their joined forms.

    Names and short phrases come out whole. A longer passage is turned word by word, so its lines are not in order.
    """
    return _RIGHT_TO_LEFT.sub(_turned, text)


def _letter(letter: str) -> str:
    if letter == "\n" or " " <= letter <= "~":
        return letter
    kind = unicodedata.category(letter)
    if kind in _DROPPED or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return UNKNOWN if kind in _UNREADABLE else letter


def _turned(match: re.Match[str]) -> str:
    words = [_joined(word) for word in match[0].split(" ")]
    return NO_BREAK.join(reversed(words)) if len(match[0]) <= SHORT else " ".join(words)


def _joined(word: str) -> str:
    """One word from its last letter to its first, each in the form that its neighbours ask for."""
    letters: list[str] = []
    marks: list[str] = []
    for piece in _CLUSTER.findall(word):
        if unicodedata.combining(piece[0]) and letters:
            marks[-1] += piece
        else:
            letters.append(piece)
            marks.append("")
    shaped = [
        _shaped(letter, letters[place - 1] if place else "", letters[place + 1] if place + 1 < len(letters) else "")
        for place, letter in enumerate(letters)
    ]
    return "".join(letter + mark for letter, mark in reversed(list(zip(shaped, marks, strict=True))))


def _shaped(letter: str, before: str, after: str) -> str:
    forms = _forms()
    own = forms.get(letter, {})
    joins_before = "final" in own and "initial" in forms.get(before, {})
    joins_after = "initial" in own and "final" in forms.get(after, {})
    form = {(True, True): "medial", (True, False): "final", (False, True): "initial", (False, False): "isolated"}
    return own.get(form[joins_before, joins_after], letter)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Unicode's own list of the joined forms: letter → initial, medial, final, isolated → form."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, *codes = unicodedata.decomposition(chr(code)).split() or [""]
        letters = "".join(chr(int(each, 16)) for each in codes)
        if letters and (len(letters) == 1 or code >= 0xFEF5):
            forms.setdefault(letters, {})[kind.strip("<>")] = chr(code)
    return forms

"""Turns a finished value into text that outlives the code, and back: how plans and packs are frozen."""

import datetime as dt
import json
from typing import Any, TypeVar

import cattrs
from cattrs.preconf.json import make_converter

Value = TypeVar("Value")
_converter = make_converter()
_converter.register_unstructure_hook(dt.date, lambda day: day.isoformat())
_converter.register_structure_hook(dt.date, lambda text, _: dt.date.fromisoformat(text))


class FrozenError(ValueError):
    """A stored text cannot be read: its format is not one that this program knows, or it is damaged."""


def frozen(value: Any) -> str:
    """The value as it is stored: keys in order, so that the same value gives the same bytes."""
    return json.dumps(_converter.unstructure(value), ensure_ascii=False, indent=1, sort_keys=True)


def thawed(text: str, kind: type[Value], known: int) -> Value:
    """A stored value of the format that is known. Raises FrozenError."""
    try:
        stored: dict[str, Any] = json.loads(text)
        found = stored["format"]
        if found == known:
            return _converter.structure(stored, kind)
    except (ValueError, KeyError, TypeError, cattrs.BaseValidationError) as wrong:
        raise FrozenError("is damaged") from wrong
    raise FrozenError(f"format {found} is not known")

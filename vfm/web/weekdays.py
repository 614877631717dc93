"""The field in which the weekdays of an intervention are ticked: every week, or in one week of a two-week timetable."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from vfm.costing.delivery import Slot
from vfm.money import MoneyError, read_number
from vfm.value.timetable import clock, minute_of
from vfm.web.fields import plain
from vfm.web.text import normal

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
WEEKS = (None, 1, 2)
MOST_MINUTES = Decimal(1000)


def slot_words(weekday: int, week: int | None) -> str:
    """Such as Monday, or Monday of week 1."""
    return WEEKDAYS[weekday] + (f" of week {week}" if week else "")


class Weekdays(Field):
    """Ticks with minutes of their own. `data` are the slots that were ticked, `typed` what stands in the boxes."""

    kind = "weekdays"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []
        self.wrong = key_of(0, None)
        self.data: tuple[Slot, ...] = tuple(data or ())
        self.typed: dict[str, str] = {}
        for slot in self.data:
            key = key_of(slot.weekday, slot.week)
            self.typed[key] = "y"
            self.typed[f"{key}-minutes"] = "" if slot.minutes is None else plain(slot.minutes)
            self.typed[f"{key}-at"] = "" if slot.starts is None else clock(slot.starts)
        if formdata is not None:
            self.typed = {key: normal(formdata.get(f"{self.name}-{key}", ""))[:40] for key in _boxes()}

    def pre_validate(self, form: Any) -> None:
        self.data = tuple(self._ticked())

    def _ticked(self) -> Iterator[Slot]:
        for weekday in range(len(WEEKDAYS)):
            for week in WEEKS:
                key = key_of(weekday, week)
                minutes = self._minutes(weekday, week, self.typed.get(f"{key}-minutes", ""))
                starts = self._starts(weekday, week, self.typed.get(f"{key}-at", ""))
                if self.typed.get(key):
                    yield Slot(weekday, week, minutes, starts)

    def _starts(self, weekday: int, week: int | None, text: str) -> int | None:
        key = key_of(weekday, week)
        try:
            starts = minute_of(text) if text else None
        except ValueError as wrong:
            self.wrong = f"{key}-at"
            raise ValidationError(f"Start on {slot_words(weekday, week)}: {wrong}") from wrong
        if starts is not None and not self.typed.get(key):
            self.wrong = key
            raise ValidationError(f"Tick {slot_words(weekday, week)}, or leave its start empty")
        return starts

    def _minutes(self, weekday: int, week: int | None, text: str) -> Decimal | None:
        key = key_of(weekday, week)
        try:
            minutes = read_number(text, high=MOST_MINUTES) if text else None
        except MoneyError as wrong:
            self.wrong = f"{key}-minutes"
            raise ValidationError(f"Minutes on {slot_words(weekday, week)}: {wrong}") from wrong
        if minutes is not None and not self.typed.get(key):
            self.wrong = key
            raise ValidationError(f"Tick {slot_words(weekday, week)}, or leave its minutes empty")
        return minutes

    def lines(self, *, fortnight: bool) -> list[dict[str, str]]:
        """The lines of one of its two tables: every week, or week 1 and week 2."""
        return [
            {"key": key, "words": slot_words(weekday, week), "ticked": self.typed.get(key, "")}
            | {"minutes": self.typed.get(f"{key}-minutes", ""), "at": self.typed.get(f"{key}-at", "")}
            for week in WEEKS if bool(week) is fortnight
            for weekday in range(len(WEEKDAYS)) for key in (key_of(weekday, week),)
        ]  # fmt: skip

    @property
    def two_weeks(self) -> bool:
        """Whether anything stands in the table of the two-week timetable."""
        return any(line["ticked"] or line["minutes"] or line["at"] for line in self.lines(fortnight=True))

    @property
    def words(self) -> str:
        """What is ticked, in words."""
        ticked = [line for fortnight in (False, True) for line in self.lines(fortnight=fortnight) if line["ticked"]]
        return ", ".join(
            line["words"]
            + (f" at {line['at']}" if line["at"] else "")
            + (f" ({line['minutes']} minutes)" if line["minutes"] else "")
            for line in ticked
        )


def key_of(weekday: int, week: int | None) -> str:
    """What its box is called after the field's own name."""
    return f"{weekday}-{week or 0}"


def _boxes() -> Iterator[str]:
    for weekday in range(len(WEEKDAYS)):
        for week in WEEKS:
            key = key_of(weekday, week)
            yield from (key, f"{key}-at", f"{key}-minutes")

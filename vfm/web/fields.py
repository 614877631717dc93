"""The kinds of field that our forms have: each reads what was typed, keeps it, and says plainly what is wrong."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FileField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import ValidationError

from vfm.money import MoneyError, read_money, read_number
from vfm.web.drafts import typed_before
from vfm.web.text import LONGEST_LINE, LONGEST_PROSE, normal


class Form(FlaskForm):
    """A form of ours. Names stand in the order in which they are asked.

    What somebody typed before their session ended stands in it again, once they have signed in.
    """

    def __init__(self, **shown: Any) -> None:
        kept = None if "formdata" in shown else typed_before()
        super().__init__(**(shown if kept is None else shown | {"formdata": kept}))


class Line(StringField):
    """One line of text. `missing` is what to say when it must not be empty."""

    kind = "line"

    def __init__(self, label: str, *, missing: str = "", longest: int = LONGEST_LINE, width: str = "", **more: Any):
        super().__init__(label, **more)
        self.missing, self.longest, self.width = missing, longest, width

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = normal(valuelist[0]) if valuelist else ""
        if self.kind == "line":
            self.data = " ".join(self.data.split())

    def pre_validate(self, form: Any) -> None:
        if self.missing and not self.data:
            raise ValidationError(self.missing)
        if len(self.data or "") > self.longest:
            raise ValidationError(f"{self.label.text} must be {self.longest:,} characters or fewer")


class Suggested(Line):
    """One line of text for which the page has suggestions; anything else can be typed as well."""

    offered: tuple[str, ...] = ()


class Prose(Line):
    """Some lines of text, with a count of what is left."""

    kind = "prose"

    def __init__(self, label: str, *, longest: int = LONGEST_PROSE, rows: int = 5, **more: Any):
        super().__init__(label, longest=longest, **more)
        self.rows = rows


class _Typed(Line):
    """Something that is read from typed text; `value` is what it means, the text stays as typed."""

    value: Decimal | None = None

    def read(self, text: str) -> Decimal:
        raise NotImplementedError

    def pre_validate(self, form: Any) -> None:
        self.value = None
        super().pre_validate(form)
        if self.data:
            try:
                self.value = self.read(self.data)
            except MoneyError as wrong:
                raise ValidationError(f"{self.label.text}: {wrong}") from wrong


class Pounds(_Typed):
    """Money, to the penny unless `places` says more."""

    kind = "pounds"

    def __init__(self, label: str, *, below_zero: bool = False, places: int = 2, **more: Any):
        super().__init__(label, longest=40, **more)
        self.below_zero, self.places = below_zero, places

    def process_data(self, value: Any) -> None:
        self.value = value if isinstance(value, Decimal) else None
        whole_pence = isinstance(value, Decimal) and value == round(value, 2)
        self.data = f"{value:,.2f}" if whole_pence else f"{value:,f}" if isinstance(value, Decimal) else (value or "")

    def read(self, text: str) -> Decimal:
        return read_money(text, places=self.places, below_zero=self.below_zero)


class Number(_Typed):
    """A number of hours, weeks, sessions or percent."""

    kind = "number"

    def __init__(
        self, label: str, *, low: str = "0", high: str = "100", places: int = 2, suffix: str = "", **more: Any
    ):
        super().__init__(label, longest=40, **more)
        self.low, self.high, self.places, self.suffix = Decimal(low), Decimal(high), places, suffix

    def process_data(self, value: Any) -> None:
        self.value = Decimal(value) if isinstance(value, Decimal | int) else None
        self.data = "" if value is None else plain(value)

    def read(self, text: str) -> Decimal:
        return read_number(text, low=self.low, high=self.high, places=self.places)

    @property
    def whole(self) -> int:
        """The number as a whole one, for a field without decimals that must be filled in."""
        return int(self.value or 0)


def plain(value: Any) -> str:
    """A number without the noughts at its end, as a person would type it."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


class Day(Field):
    """A date typed in three boxes; `wrong` names the box in which the focus belongs."""

    kind = "day"
    parts = ("day", "month", "year")

    def __init__(self, label: str, *, missing: str = "", **more: Any):
        super().__init__(label, **more)
        self.missing, self.wrong = missing, "day"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []
        self.wrong = "day"
        self.data = data if isinstance(data, date) else (self.default if isinstance(self.default, date) else None)
        self.typed = {part: str(getattr(self.data, part)) if self.data else "" for part in self.parts}
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in self.parts):
            self.typed = {part: normal(formdata.get(f"{self.name}-{part}", ""))[:20] for part in self.parts}
            self._read()

    def pre_validate(self, form: Any) -> None:
        if self.missing and self.data is None and not self.process_errors:
            raise ValidationError(self.missing)

    def _read(self) -> None:
        self.data = None
        if not any(self.typed.values()):
            return None
        for part, low, high in (("day", 1, 31), ("month", 1, 12), ("year", 1900, 2100)):
            text = self.typed[part]
            if not text:
                return self._refuse(part, f"{self.label.text} must include a {part}")
            if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
                return self._refuse(part, f"{self.label.text}: the {part} must be a number from {low} to {high}")
        try:
            self.data = date(*(int(self.typed[part]) for part in reversed(self.parts)))
        except ValueError:
            self._refuse("day", f"{self.label.text} must be a real date")

    def _refuse(self, part: str, message: str) -> None:
        self.wrong = part
        self.process_errors.append(message)


class Options(RadioField):
    """One of a few, as radios. An item may carry a hint."""

    kind = "radios"

    def __init__(self, label: str, options: Iterable[tuple[str, ...]] = (), *, missing: str = "", **more: Any):
        choices = [SelectChoice(o[0], o[1], render_kw={"hint": o[2]} if len(o) > 2 else {}) for o in options]
        super().__init__(label, choices=choices, validate_choice=False, **more)
        self.missing = missing

    def offer(self, options: Iterable[tuple[str, ...]]) -> None:
        """Sets what can be chosen, where that depends on the page."""
        self.choices = [SelectChoice(o[0], o[1], render_kw={"hint": o[2]} if len(o) > 2 else {}) for o in options]

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def pre_validate(self, form: Any) -> None:
        known = {choice.value for choice in self.choices or ()}
        if not self.data and self.missing:
            raise ValidationError(self.missing)
        if self.data and self.data not in known:
            raise ValidationError("Choose one of the answers on this page")


class Menu(SelectField):
    """One of many, as a menu."""

    kind = "select"

    def __init__(self, label: str, options: Iterable[tuple[str, str]] = (), *, missing: str = "", **more: Any):
        super().__init__(label, choices=[SelectChoice(*o) for o in options], validate_choice=False, **more)
        self.missing = missing

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Sets what can be chosen, after an empty first line."""
        self.choices = [SelectChoice("", "Choose one"), *(SelectChoice(*option) for option in options)]

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def pre_validate(self, form: Any) -> None:
        if not self.data and self.missing:
            raise ValidationError(self.missing)
        if self.data and self.data not in {choice.value for choice in self.choices or ()}:
            raise ValidationError(f"{self.label.text}: choose one from the list")


class Upload(FileField):
    """A file to choose; it cannot stand in the form again after an error, since browsers do not allow it."""

    kind = "file"

    def __init__(self, label: str, *, missing: str, **more: Any):
        super().__init__(label, **more)
        self.missing = missing

    def pre_validate(self, form: Any) -> None:
        if not getattr(self.data, "filename", ""):
            raise ValidationError(self.missing)


class Tick(BooleanField):
    """One box to tick."""

    kind = "tick"


class Ticks(SelectMultipleField):
    """Any number of a few, as boxes to tick."""

    kind = "ticks"

    def __init__(self, label: str, options: Iterable[tuple[str, str]] = (), **more: Any):
        super().__init__(label, choices=[SelectChoice(*o) for o in options], validate_choice=False, **more)

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Sets what can be ticked, where that depends on the page."""
        self.choices = [SelectChoice(*option) for option in options]

    def process_data(self, value: Any) -> None:
        self.data = [str(each) for each in value or ()]

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = list(dict.fromkeys(valuelist))

    def pre_validate(self, form: Any) -> None:
        known = {str(choice.value) for choice in self.choices or ()}
        if any(value not in known for value in self.data or ()):
            raise ValidationError(f"{self.label.text}: tick only what stands on this page")

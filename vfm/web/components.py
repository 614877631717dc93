"""Turns our fields, and the sign-in library's, into the parameters of GOV.UK components."""

from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, RadioField, SubmitField

from vfm.web.fields import Day, Number, Pounds, Prose, Suggested

Parameters = dict[str, Any]


def kind_of(field: Any) -> str:
    """Which component shows a field."""
    if hasattr(field, "kind"):
        return str(field.kind)
    for kind, types in (("radios", RadioField), ("tick", BooleanField), ("none", (HiddenField, SubmitField))):
        if isinstance(field, types):
            return kind
    return "line"


def parameters(field: Any, **more: Any) -> Parameters:
    """The parameters of the component that shows a field."""
    made = {
        "radios": _radios,
        "select": _select,
        "tick": _tick,
        "ticks": _ticks,
        "day": _day,
        "prose": _prose,
        "file": _file,
    }
    return made.get(kind_of(field), _line)(field) | more


def _common(field: Any) -> Parameters:
    common: Parameters = {"id": field.id, "name": field.name}
    if field.errors:
        common["errorMessage"] = {"text": field.errors[0]}
    if field.description:
        common["hint"] = {"text": field.description}
    return common


def _line(field: Any) -> Parameters:
    made = _common(field) | {"label": {"text": field.label.text}, "value": field.data or "", "spellcheck": False}
    if isinstance(field, Pounds):
        made |= {"prefix": {"text": "£"}, "classes": "govuk-input--width-10", "inputmode": "decimal"}
    elif isinstance(field, Number):
        made |= {"classes": "govuk-input--width-5", "inputmode": "decimal"}
        made |= {"suffix": {"text": field.suffix}} if field.suffix else {}
    elif isinstance(field, PasswordField):
        made |= {"type": "password", "value": "", "autocomplete": "current-password"}
        made |= {"autocomplete": "new-password"} if "new" in field.name or field.name != "password" else {}
    elif isinstance(field, EmailField) or field.name == "email":
        made |= {"type": "email", "autocomplete": "username"}
    elif getattr(field, "width", ""):
        made |= {"classes": f"govuk-input--width-{field.width}"}
    if isinstance(field, Suggested):
        made |= {"autocomplete": "off", "attributes": {"list": f"{field.id}-offered"}}
    return made


def _file(field: Any) -> Parameters:
    return _common(field) | {"label": {"text": field.label.text, "classes": "govuk-label--s"}}


def _prose(field: Prose) -> Parameters:
    return _common(field) | {
        "label": {"text": field.label.text},
        "value": field.data or "",
        "rows": field.rows,
        "maxlength": field.longest,
        "threshold": 75,
    }


def _radios(field: Any) -> Parameters:
    items = []
    for place, choice in enumerate(field.choices or ()):
        value, words = (choice.value, choice.label) if hasattr(choice, "label") else choice
        hint = (getattr(choice, "render_kw", None) or {}).get("hint")
        item = {"value": value, "text": words, "checked": field.data == value}
        item["id"] = field.id if place == 0 else f"{field.id}-{place + 1}"
        items.append(item | ({"hint": {"text": hint}} if hint else {}))
    legend = {"legend": {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}}
    return {"idPrefix": field.id, "fieldset": legend, "items": items} | _common(field)


def _select(field: Any) -> Parameters:
    items = [{"value": c.value, "text": c.label, "selected": str(field.data) == c.value} for c in field.choices or ()]
    return _common(field) | {"label": {"text": field.label.text}, "items": items}


def _tick(field: Any) -> Parameters:
    item = {"value": "y", "text": field.label.text, "checked": bool(field.data), "id": field.id}
    hint = {"hint": {"text": field.description}} if field.description else {}
    error = {"errorMessage": {"text": field.errors[0]}} if field.errors else {}
    return {"idPrefix": field.id, "name": field.name, "items": [item | hint]} | error


def _ticks(field: Any) -> Parameters:
    items = [
        {"value": c.value, "text": c.label, "checked": str(c.value) in (field.data or ()), "id": _id_at(field, place)}
        for place, c in enumerate(field.choices or ())
    ]
    legend = {"legend": {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}}
    return {"idPrefix": field.id, "fieldset": legend, "items": items} | _common(field)


def _id_at(field: Any, place: int) -> str:
    """The first box has the id of the field, so that an error leads into it."""
    return str(field.id) if place == 0 else f"{field.id}-{place + 1}"


def _day(field: Day) -> Parameters:
    items = []
    for part in field.parts:
        wrong = " govuk-input--error" if field.errors and part == field.wrong else ""
        width = 4 if part == "year" else 2
        items.append(
            {
                "id": f"{field.id}-{part}",
                "name": part,
                "value": field.typed[part],
                "classes": f"govuk-input--width-{width}{wrong}",
            }
        )
    legend = {"legend": {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}}
    return {"namePrefix": field.name, "fieldset": legend, "items": items} | _common(field)


def summary(form: Any) -> Parameters | None:
    """The error summary of a form: each message leads into the field it is about."""
    if form is None or not form.errors:
        return None
    rows: list[Parameters] = []
    fields = [field for field in form if field.name not in ("csrf_token", "version")]
    for field in fields:
        for message in field.errors[:1]:
            rows.append({"text": message, "href": f"#{_first_part(field)}"})
    first = next((f for f in fields if kind_of(f) != "none"), None)
    for message in form.form_errors:
        rows.append({"text": message, "href": f"#{_first_part(first)}" if first else "#main-content"})
    if not rows:
        rows.append({"text": "This page had been open for too long. Nothing was lost: press the button once more."})
    return {"titleText": "There is a problem", "errorList": rows}


def _first_part(field: Any) -> str:
    return f"{field.id}-{field.wrong}" if hasattr(field, "wrong") else str(field.id)

"""The field in which an intervention's programme is named: what it offers, what is usual, what becomes of a name when saved."""

from typing import Any

from flask import flash, request

from vfm.costing.programme import Programme, Usual
from vfm.store.programmes import Named, ProgrammeRow, as_programme, catalogue_of, named_or_added
from vfm.store.rows import row_of
from vfm.web.bank import library
from vfm.web.database import db
from vfm.web.permissions import here
from vfm.web.school import now_by

USUAL = ("minutes", "sessions_a_week", "weeks", "sessions_in_total")


def offered() -> tuple[str, ...]:
    """The names on the school's list, then those of published programmes in the library that are not on it."""
    own = catalogue_of(db(), here().school.id)
    new = [entry.name for entry in library() if not entry.general and not own.shared_by(entry)]
    return tuple(sorted((each.name for each in own), key=str.casefold) + sorted(new, key=str.casefold))


def entry_of(row: ProgrammeRow) -> Programme | None:
    """What the library holds of a programme on the school's list: the entry it came from, else the one of its name."""
    return library().by_key.get(row.library or "") or library().shared_by(as_programme(row))


def usual_of(row: ProgrammeRow) -> Usual:
    """How a programme usually runs: what the school says, then what the library says of the rest."""
    own, entry = as_programme(row).usual, entry_of(row)
    return own.filled_from(entry.usual) if entry else own


def begin_with(form: Any) -> None:
    """A new intervention that was begun from a programme of the list, or of the library, starts with what is said of it."""
    asked = request.args.get("programme", "")
    identity = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    row = row_of(db(), ProgrammeRow, here().school.id, identity)
    entry = library().by_key.get(request.args.get("entry", ""))
    if row:
        _begin(form, row.name, row.tier, row.need)
    elif entry:
        _begin(form, entry.name, entry.tier.value, entry.need)


def _begin(form: Any, name: str, tier: str, need: str) -> None:
    for field, value in ((form.programme, name), (form.tier, tier), (form.need, need)):
        field.data = field.data or value


def hint_at_usual(form: Any) -> None:
    """Puts the usual numbers of the programme beside the fields in which this school's own are typed."""
    name, usual = _usual_of_name(form.programme.data or "")
    for field in USUAL:
        span = getattr(usual, field)
        if span:
            said = (form[field].description, f"Usual for {name}: {span.words}")
            form[field].description = ". ".join(part for part in said if part)


def _usual_of_name(typed: str) -> tuple[str, Usual]:
    found = catalogue_of(db(), here().school.id).find(typed)
    row = row_of(db(), ProgrammeRow, here().school.id, int(found.key)) if found else None
    if row:
        return row.name, usual_of(row)
    entry = library().find(typed)
    return (entry.name, entry.usual) if entry else (typed, Usual())


def keep_programme(form: Any) -> dict[str, int | None]:
    """The column of what was typed: a programme on the school's list, which is added if it is new."""
    typed = form.programme.data
    form.named = (
        named_or_added(
            db(), here().school.id, typed, library(), now_by(), tier=form.tier.data, need=form.need.data or ""
        )
        if typed
        else None
    )
    return {"programme_id": form.named.identity if form.named else None}


def say_programme(form: Any) -> None:
    """Tells what became of the name, where it is not simply the one on the list."""
    named: Named | None = form.named
    if named and (named.added or named.resolved):
        flash(_words(named), "notice")


def _words(named: Named) -> str:
    if not named.added:
        return f"“{named.typed}” is on your list as {named.name}"
    if named.from_library:
        return f"{named.name} has been added to your list of programmes{_as_typed(named)}, with what the library holds of it"
    meant = [entry.name for entry in library().may_mean(named.typed)]
    unclear = f". It may be short for {' or '.join(meant)}: if so, enter that name instead" if meant else ""
    return f"“{named.name}” has been added to your list of programmes{unclear}"


def _as_typed(named: Named) -> str:
    return f" (“{named.typed}” is a name of it)" if named.resolved else ""

"""Says what a document of everything about a pupil shows and in which order: one list of parts for page and PDF alike."""

from collections.abc import Iterator

from vfm.documents.pdf.parts import Heading, Items, Part, Table, Terms, Text
from vfm.documents.plan import Section
from vfm.pupils.pupil_data import HOLDS, HOLDS_NOT, Kept, PupilData


def title(data: PupilData) -> str:
    """The title of the document."""
    return f"Everything about {data.name}"


def sections(data: PupilData) -> list[Section]:
    """The whole document in reading order."""
    made = [("data", list(_first(data)))]
    made += [
        (f"table-{each.table}".replace("_", "-"), list(_kept(each))) for each in (*data.kept, data.lines) if each.rows
    ]
    made += [("mentions", list(_mentions(data))), ("changes", list(_changes(data)))]
    return [Section(anchor, tuple(parts)) for anchor, parts in made]


def _first(data: PupilData) -> Iterator[Part]:
    yield Heading(1, title(data), "data")
    yield Text(f"{data.school}. Made on {data.made.day} {data.made:%B %Y at %H:%M} (UTC)", "lead")
    yield Text("This holds", "strong")
    yield Items(HOLDS)
    yield Text("This does not hold", "strong")
    yield Items(HOLDS_NOT)
    yield Text(
        f"Other pupils were taken out in {data.masked} {'place' if data.masked == 1 else 'places'}: “another pupil” stands there. "
        "A program did this. Read it before you hand it on: a nickname or a description may still tell of another child."
    )


def _kept(kept: Kept) -> Iterator[Part]:
    number = f" ({len(kept.rows)})" if len(kept.rows) > 1 else ""
    yield Heading(2, f"{kept.title}{number}", f"table-{kept.table}".replace("_", "-"))
    for row in kept.rows:
        yield Terms(tuple((item.label, item.shown) for item in row))


def _mentions(data: PupilData) -> Iterator[Part]:
    yield Heading(2, "Named in what people wrote", "mentions")
    if not data.mentions:
        yield Text("The name was found in no note, answer, comment, action or other text.")
        return
    for sure, caption in (
        (True, "The whole name or a number of the pupil"),
        (False, "A word of the name, which may mean something else"),
    ):
        rows = tuple(
            (each.where[:1].upper() + each.where[1:], each.text) for each in data.mentions if each.sure is sure
        )
        if rows:
            yield Table(caption, ("Where", "What it says"), rows, (28, 72))


def _changes(data: PupilData) -> Iterator[Part]:
    yield Heading(2, "Who entered and changed something", "changes")
    if not data.did:
        yield Text("Nothing was recorded.")
        return
    rows = tuple(
        (f"{each.at.day} {each.at:%B %Y at %H:%M}", each.who, f"{each.did} {each.subject}") for each in data.did
    )
    yield Table("Record of changes (UTC)", ("When", "Who", "What was done"), rows, (28, 30, 42))

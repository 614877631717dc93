"""What kinds of sheet that can be brought in have in common: a kind says its meanings, its preview and what is written."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask import url_for

from vfm.costing.calendar import AcademicYear
from vfm.sheets.headings import Layout, Meaning
from vfm.sheets.preview import Asked, Preview
from vfm.sheets.reading import read_table
from vfm.sheets.table import Limits, Table
from vfm.web.permissions import here
from vfm.web.uploads import LARGEST_FILE

LIMITS = Limits(size=LARGEST_FILE, columns=100)


class Import:
    """One kind of sheet. A subject makes one by saying its meanings, its preview and what is written."""

    name: ClassVar[str]  # of its endpoints
    kind: ClassVar[str]  # under which it is kept
    address: ClassVar[str]  # of the register that it fills
    heading: ClassVar[str]
    why: ClassVar[str]
    register: ClassVar[str]  # the endpoint of the register's page
    meanings: ClassVar[tuple[Meaning, ...]]
    file: ClassVar[str] = "Your sheet, as CSV or Excel (.xlsx)"

    def read(self, data: bytes) -> Table:
        """The table in an uploaded file. Refuses with a SheetError."""
        return read_table(data, lenient=True, limits=LIMITS)

    def preview(self, table: Table, layout: Layout, answers: Mapping[str, str], year: int) -> tuple[Preview, Any]:
        """What bringing it in would do, and what `write` then needs."""
        raise NotImplementedError

    def write(self, changes: Any, answers: Mapping[str, str], year: int) -> None:
        """Writes what was previewed; the caller commits."""
        raise NotImplementedError

    def keeps(self, changes: Any, answers: Mapping[str, str]) -> Mapping[str, str]:
        """The answers that hold for the next sheet of this kind too, once this one is written."""
        return {}

    def link(self, page: str, year: int, draft: int | None = None) -> str:
        """The address of one of its pages."""
        return url_for(f"{self.name}.{page}", year=year, draft=draft)

    def missing(self, layout: Layout) -> list[Meaning]:
        """What must be in some column and is in none."""
        return [each for each in self.meanings if each.needed and layout.column(each.name) is None]

    def words(self, meaning: str) -> str:
        """A meaning of its columns, for people."""
        return next(each.words for each in self.meanings if each.name == meaning)


def shown(what: Import, year: int, **more: Any) -> dict[str, Any]:
    """What every page of an import shows."""
    return {"what": what, "year": AcademicYear(year), "at": here()} | more


ESTIMATED = Asked(
    "estimated", "Are these figures confirmed or estimated?", (("no", "Confirmed"), ("yes", "Estimated")), late=True
)

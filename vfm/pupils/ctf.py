"""Common transfer files: the XML by which schools pass pupils on -> the same rows as a sheet has. Nothing in it is followed."""

from xml.sax import SAXException
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax
from defusedxml.common import DefusedXmlException

from vfm.sheets.parts import Part
from vfm.sheets.table import Limits, Row, SheetError, Table

HEADINGS = (
    "UPN", "Surname", "Forename", "Year group", "Date of birth", "Sex", "SEN provision", "SEN history", "Type of need",
    "Free school meals", "First language", "Looked after",
)  # fmt: skip
NAMES = {
    "UPN": ("UPN",), "Surname": ("PreferredSurname", "Surname"), "Forename": ("PreferredForename", "Forename"),
    "Year group": ("NCyearActual",), "Date of birth": ("DOB",), "Sex": ("Sex", "Gender"), "Looked after": ("InCare", "LookedAfter"),
}  # fmt: skip
STATUSES = ("SENprovision", "SENstatus")
# Other people and other schools stand inside a pupil too, under the same names.
ELSEWHERE = frozenset(
    {"Contacts", "Contact", "SchoolHistory", "StageAssessments", "Attendance", "Exclusions", "Siblings"}
)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
UNREADABLE = "it is not a common transfer file that can be read; export it again, or use CSV or Excel"
DEEPEST = 100


def is_xml(data: bytes) -> bool:
    """Whether a file is XML, by its first sign."""
    start = data[:200]
    for mark in MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def read_ctf(data: bytes, limits: Limits) -> Table:
    """The pupils of the file, under headings as a sheet has them. Refuses with a SheetError what is no such file.

    Document types and entities are refused, whatever they say. Days at earlier schools are not read.
    """
    if len(data) > limits.size:
        raise SheetError(f"it is larger than {limits.size / 1024 / 1024:.0f} MB")
    pupils = _Pupils(limits)
    try:
        sax.parseString(data, pupils, forbid_dtd=True)
    except SheetError:
        raise
    except DefusedXmlException as wrong:
        raise SheetError("it declares a document type or entities, which no common transfer file needs") from wrong
    except (SAXException, ValueError, LookupError) as wrong:
        raise SheetError(UNREADABLE) from wrong
    if not pupils.rows:
        raise SheetError("it holds no pupils; it may be another kind of XML file")
    return Table([Row(1, HEADINGS), *(Row(number, cells) for number, cells in enumerate(pupils.rows, start=2))])


class _Pupils(Part):
    """Gathers each pupil's elements by name; of a group such as a SEN need, those that stand together."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.rows: list[tuple[str, ...]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.found: dict[str, str] = {}
        self.history: list[str] = []
        self.needs: list[tuple[str, str]] = []

    def opened(self, tag: str, attrs: AttributesImpl) -> None:
        if len(self.open) >= DEEPEST:
            raise SheetError(UNREADABLE)
        if tag == "Pupil":
            self.found, self.history, self.needs = {}, [], []
        self.open.append((tag, {}))
        self.texts = []

    def closed(self, tag: str) -> None:
        text = " ".join(self.taken().split())
        _, together = self.open.pop()
        if tag == "Pupil":
            self._pupil()
        elif not any(name in ELSEWHERE for name, _ in self.open):
            if text and self.open:
                self.open[-1][1].setdefault(tag, text)
                self.found.setdefault(tag, text)
            self._group(together)

    def _group(self, together: dict[str, str]) -> None:
        status = next((together[name] for name in STATUSES if name in together), "")
        if status and "StartDate" in together:
            self.history.append(f"{together['StartDate'].partition('T')[0]} {status}")
        if "SENtype" in together and "NeedEndDate" not in together:
            self.needs.append((together.get("SENtypeRank", "99").zfill(3), together["SENtype"]))
        if "FSMstartDate" in together:
            self.found["Free school meals"] = "N" if "FSMendDate" in together else "Y"
        if "Language" in together and together.get("LanguageType", "F") == "F":
            self.found["First language"] = together["Language"]

    def _pupil(self) -> None:
        if len(self.rows) >= self.limits.rows:
            raise SheetError(f"it has more than {self.limits.rows:,} pupils")
        found = {
            head: next((self.found[name] for name in names if name in self.found), "") for head, names in NAMES.items()
        }
        history = sorted(self.history)
        found["SEN provision"] = (
            history[-1].partition(" ")[2]
            if history
            else next((self.found[name] for name in STATUSES if name in self.found), "")
        )
        found["SEN history"] = "; ".join(history)
        found["Type of need"] = "; ".join(need for _, need in sorted(self.needs))
        cells = self.found | found
        self.rows.append(tuple(cells.get(head, "") for head in HEADINGS))

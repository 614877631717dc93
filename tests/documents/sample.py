"""A story with every part and every hard text, for the tests of the PDF."""

from vfm.documents.charts import Bars
from vfm.documents.pdf.document import Sheet
from vfm.documents.pdf.parts import Chart, Heading, Items, Link, NewPage, Part, Table, Terms, Text

SHEET = Sheet("Plan & price", "Ysgol Tŷ Bryn", "2026 to 2027", "VFM-2026-000123, version 2", "Ysgol Tŷ Bryn <office>")
LONG = "The school meets the needs of its pupils in small groups, led by trained assistants. " * 6
NAMES = "Siân, Ŵyn, Łukasz, Özgür, Nguyễn, Μαρία, Оксана"
BARS = Bars("Planned and spent", ("Reading", "Nurture & play"), (("Planned", (1200, 0)), ("Spent", (950.5, 80))), "£")
ROWS = tuple((f"Intervention {number}", str(number), f"£{number * 1234:,}") for number in range(1, 60))
TALL = "A line of a row that no page can hold. " * 400


def story() -> list[Part]:
    return [
        Heading(1, "Action plan"),
        Text("What the school will do.", "lead"),
        Terms((("School", "Ysgol Tŷ Bryn"), ("Names", f"{NAMES}, مريم, محمد علي"))),
        Heading(2, "Summary <of> & all", "summary"),
        Text(f'First 5<b> & &amp; <img src="/etc/passwd"> \x00nul.\n\nSecond\nline. {LONG}'),
        Items(("Train two assistants.", "Review the map.\n\nEach term.", LONG)),
        Link("The code of practice", "https://www.gov.uk/send-code?a=é b"),
        Link("Back to the summary", "#summary"),
        Link("Not a link", "javascript:alert(1)"),
        Heading(2, "Costs"),
        Table(
            "Cost by intervention",
            ("Intervention", "Pupils", "Cost"),
            (*ROWS, ("Total", "1,770", "£2,184,180")),
            (60, 15, 25),
            frozenset({1, 2}),
            total_row=True,
        ),
        Heading(3, "Chart"),
        Chart(BARS),
        NewPage(),
        Heading(2, "Long rows"),
        Table("", ("Question", "Answer"), (("Why?", "Because."), ("Tall", TALL), ("Word", "x" * 5000), ("", ""))),
        Text("The end.", "note"),
    ]

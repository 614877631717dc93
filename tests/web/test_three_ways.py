"""One map, three ways in: typed into the screens, brought in from a sheet, and costed by `vfm cost`: the same figures."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.web.entering import begin, intervention, stated
from tests.web.sheets import confirm, preview_of
from tests.world import YEAR, Visitor, World

ROLES = {"Teaching assistant": "17.1234", "Teacher": "50.92", "HLTA": "22"}


@dataclass(frozen=True)
class Line:
    """An intervention as a school would write it down: by the week or in all, for so many pupils."""

    name: str
    role: str
    minutes: str
    a_week: str = ""
    weeks: str = ""
    in_all: str = ""
    size: str = "4"
    number: str = "1"
    preparation: str = "0"
    tier: str = "targeted"


MAP = (
    Line("Phonics again", "Teaching assistant", "25", "3", "38"),
    Line("Talk group", "Teaching assistant", "40", "1.5", "12.5", size="6", number="2", preparation="10"),
    Line("Pre-teaching", "Teacher", "20", "2", "36", size="3"),
    Line("Maths catch-up", "HLTA", "60", "1", "15", size="7", preparation="15"),
    Line("Transition visits", "HLTA", "45", in_all="7", size="1", tier="specialist"),
    Line("Class story time", "Teacher", "15", "5", "38", size="29", tier="universal"),
)


def typed(world: World, head: Visitor) -> None:
    """Each role and each intervention through its form."""
    roles = {name: stated(world, head, name, rate) for name, rate in ROLES.items()}
    for line in MAP:
        often = (
            {"runs": "total", "sessions_in_total": line.in_all}
            if line.in_all
            else {"runs": "weekly", "sessions_a_week": line.a_week, "weeks": line.weeks}
        )
        intervention(
            world, head, line.name, roles[line.role], tier=line.tier, minutes=line.minutes, number_1=line.number,
            preparation_minutes=line.preparation, group_size=line.size, **often,
        )  # fmt: skip


def sheet() -> bytes:
    """The map as a school's own sheet."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(
        ["Intervention", "Tier", "Given by", "Minutes", "Sessions a week", "Weeks", "Sessions in total", "Preparation minutes", "Group size"]
    )  # fmt: skip
    for line in MAP:
        given = f"{line.number} {line.role}"
        rows.writerow(
            [
                line.name,
                line.tier,
                given,
                line.minutes,
                line.a_week,
                line.weeks,
                line.in_all,
                line.preparation,
                line.size,
            ]
        )
    return out.getvalue().encode()


def costed(folder: Path) -> dict[str, Decimal]:
    """What `vfm cost` says of the map, in its own columns."""
    path = folder / "map.csv"
    with path.open("w", encoding="utf-8", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(
            ["intervention", "tier", "staff", "hourly_rate", "number", "minutes", "sessions_per_week", "weeks", "sessions_total", "prep_minutes", "group_size"]
        )  # fmt: skip
        for line in MAP:
            rows.writerow(
                [line.name, line.tier, line.role, ROLES[line.role], line.number, line.minutes, line.a_week, line.weeks, line.in_all, line.preparation, line.size]
            )  # fmt: skip
    command = [
        sys.executable,
        "-c",
        "import sys; from vfm.cli import main; main()",
        "cost",
        str(path),
        "--format",
        "json",
    ]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    found = {each["name"]: Decimal(each["total"]) for each in said["interventions"]}
    return found | {"Total": Decimal(said["total"])}


def shown(head: Visitor, home: str) -> dict[str, Decimal]:
    """What the site says of the map: the first table of its download, which is the page's."""
    text = head.get(f"{home}provision-map/download.csv").get_data().decode("utf-8-sig")
    headings, *lines = csv.reader(io.StringIO(text))
    cost = headings.index("Cost")
    return {line[0]: Decimal(line[cost]) for line in lines if line and line[cost]}


def test_a_map_costs_the_same_typed_brought_in_and_on_the_command_line(world: World, tmp_path: Path) -> None:
    head = begin(world)
    typed(world, head)
    by_hand = shown(head, world.home)
    other = world.signed_in("other-school")
    other.send(f"/school/{world.neighbour.slug}/start", page=f"/school/{world.neighbour.slug}/")
    home = f"/school/{world.neighbour.slug}/{YEAR}/"
    for name, rate in ROLES.items():
        given = {
            "actual_method": "stated",
            "actual_per_hour": rate,
            "actual_from_people": "no",
            "actual_estimated": "no",
        }
        assert other.send(home + "roles/add", name=name, teacher="no", **given).status_code == 302
    preview, _ = preview_of(other, home + "provision-map/import/", sheet())
    assert confirm(other, preview, estimated="no").status_code == 302
    brought_in = shown(other, home)
    assert len(by_hand) == len(MAP) + 1
    assert by_hand == brought_in == costed(tmp_path)

"""The same map costed by vfm and by LibreOffice from a well-made workbook: what schools use today.

python benchmarks/workbook.py       prints milliseconds and ratios, from runs in turn on the same machine

The workbook holds typed values and formulas only: sessions counted in a list of pupil days, rates looked up by role, each
pupil's part by its basis, totals by pupil, tier, need and role. Its rows stand in blocks, so that no formula has to search
all the others. LibreOffice opens it, works everything out and writes the totals as text; its start is measured with an
empty workbook and taken off. In memory, vfm costs the same map; `vfm cost` is given the same hours and pupils as a CSV file
and is measured as a whole process against LibreOffice's whole run.
"""

import csv
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from big_map import RATES, best, made
from openpyxl import Workbook

from vfm.costing.calendar import AcademicYear, Calendar
from vfm.costing.costed import CostedIntervention
from vfm.costing.delivery import OnDays, Weekly
from vfm.costing.intervention import Intervention, Tier
from vfm.costing.provision_map import CostedMap, cost_map
from vfm.costing.usual_calendar import usual_calendar
from vfm.pupils.pupil import Pupil

TO_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
RUNS = 3


def workbook(path: Path, its: Sequence[Intervention], pupils: dict[str, Pupil], calendar: Calendar) -> None:
    """The map as a person who is good at spreadsheets would build it. The first sheet holds the totals."""
    book = Workbook()
    totals, days, rates, rows, members = (
        book.active, *(book.create_sheet(name) for name in ("Days", "Rates", "Map", "Members"))
    )  # fmt: skip
    assert totals is not None
    for day in calendar.pupil_days:
        days.append([day, day.weekday()])
    for role, pence in RATES.items():
        rates.append([role, pence / 100])
    listed = f"Days!$A$1:$A${len(calendar.pupil_days)}"
    for n, it in enumerate(its, start=1):
        rows.append(_map_row(n, it, listed))
        for place in range(len(it.members)):
            members.append(_member_row(n, it, place, pupils, calendar, listed))
    for label, formula in _totals(its, pupils):
        totals.append([label, formula])
    book.save(path)


def _weekday(it: Intervention) -> int | None:
    return it.delivery.slots[0].weekday if isinstance(it.delivery, OnDays) else None


def _map_row(n: int, it: Intervention, listed: str) -> list[object]:
    a_week = int(it.delivery.sessions_a_week) if isinstance(it.delivery, Weekly) else None
    within = f'{listed},">="&E{n},{listed},"<="&F{n}'
    counted = f"COUNTIFS({within},{listed.replace('A', 'B')},C{n})" if a_week is None else f"COUNTIFS({within})*D{n}/5"
    one, other = (staff.role for staff in it.staff)
    rates = [f"VLOOKUP({cell}{n},Rates!$A$1:$B${len(RATES)},2,FALSE)" for cell in "IJ"]
    costs = [f"=(G{n}+H{n})/60*K{n}*{rate}" for rate in rates]
    return [
        it.tier.value, it.need, _weekday(it), a_week, it.starts_on, it.ends_on, int(it.minutes), int(it.preparation), one, other,
        f"={counted}", *costs, f"=L{n}+M{n}", f'=IF(A{n}="universal",0,N{n})', it.places,
    ]  # fmt: skip


def _member_row(
    n: int, it: Intervention, place: int, pupils: dict[str, Pupil], calendar: Calendar, listed: str
) -> list[object]:
    row, member = 4 * (n - 1) + place + 1, it.members[place]
    block = f"SUM(E{row - place}:E{row - place + 3})"
    within = f'{listed},">="&MAX(Map!E{n},C{row}),{listed},"<="&MIN(Map!F{n},D{row})'
    run = f'COUNTIFS({listed},">="&Map!E{n},{listed},"<="&Map!F{n})' if _weekday(it) is None else f"Map!K{n}"
    weekday = "" if _weekday(it) is None else f",{listed.replace('A', 'B')},Map!C{n}"
    part = {
        "shared": f"IF({block}=0,0,E{row}/{block})",
        "by-place": f"E{row}/Map!P{n}/{run}",
        "whole": "1" if member.pupil == it.whole_to else "0",
        "stated": str(float(member.percent or 0) / 100),
    }[it.basis.value]
    joined, left = member.joined or calendar.year.first_day, member.left or calendar.year.last_day
    sen = int(pupils[member.pupil].has_sen)
    return [member.pupil, sen, joined, left, f"=COUNTIFS({within}{weekday})", f"=Map!N{n}*{part}", f"=B{row}*F{row}"]


def _totals(its: Sequence[Intervention], pupils: dict[str, Pupil]) -> Iterator[tuple[str, str]]:
    size, last = len(its), 4 * len(its)
    yield "total", f"=SUM(Map!N1:N{size})"
    yield "additional", f"=SUM(Map!O1:O{size})"
    yield "attributed", f"=SUM(Members!F1:F{last})"
    for key in pupils:
        yield key, f'=SUMIFS(Members!$F$1:$F${last},Members!$A$1:$A${last},"{key}")'
    for column, labels in (("A", [tier.value for tier in Tier]), ("B", dict.fromkeys(it.need for it in its))):
        for label in labels:
            yield label, f'=SUMIFS(Map!$N$1:$N${size},Map!${column}$1:${column}${size},"{label}")'
    for role in RATES:
        parts = [f'SUMIFS(Map!${pay}$1:${pay}${size},Map!${who}$1:${who}${size},"{role}")' for pay, who in ("LI", "MJ")]
        yield role, f"={parts[0]}+{parts[1]}"


def office(path: Path, folder: Path) -> list[list[str]]:
    """LibreOffice works a workbook out and writes its first sheet as text."""
    home = f"-env:UserInstallation=file://{folder / 'office'}"
    words = ["soffice", home, "--headless", "--convert-to", TO_TEXT, "--outdir", str(folder), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=900)
    found = next(folder.glob(f"{path.stem}*.csv"))
    with found.open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    found.unlink()
    return rows


def sheet(path: Path, costed: CostedMap) -> None:
    """The same map in the columns of `vfm cost`: each intervention's sessions in total, its staff and its pupils."""
    heads = [
        "intervention",
        "staff",
        "hourly_rate",
        "minutes",
        "sessions_total",
        "prep_minutes",
        "pupils",
        "tier",
        "area_of_need",
    ]
    with path.open("w", encoding="utf-8", newline="") as text:
        out = csv.writer(text)
        out.writerow(heads)
        for each in costed.interventions:
            out.writerows(_rows(each))


def _rows(each: CostedIntervention) -> list[list[str]]:
    it, pupils = each.intervention, ";".join(member.pupil for member in each.intervention.members)
    sessions = f"{Decimal(each.sessions.numerator) / Decimal(each.sessions.denominator):f}"
    return [
        [it.name, staff.role, str(Decimal(RATES[staff.role]) / 100), str(it.minutes), sessions, str(it.preparation), pupils, it.tier.value, it.need]
        for staff in it.staff
    ]  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """The best of some runs, in seconds."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Prints the times and ratios, after checking that the workbook says the same totals."""
    if shutil.which("soffice") is None:
        sys.exit("This benchmark needs LibreOffice Calc (on Debian: apt-get install libreoffice-calc).")
    calendar = usual_calendar(AcademicYear(2026))
    its, pupils, book = made(calendar)
    costed = cost_map(its, book, pupils, calendar)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        full, empty, rows = folder / "map.xlsx", folder / "empty.xlsx", folder / "map.csv"
        workbook(full, its, pupils, calendar)
        Workbook().save(empty)
        sheet(rows, costed)
        said = {label: float(amount) for label, amount, *_ in office(full, folder)}
        assert abs(said["total"] * 100 - float(costed.total)) < 1, "the workbook does not cost the same map"
        assert abs(said["attributed"] * 100 - float(sum(costed.by_pupil.values(), Fraction(0)))) < 1
        command = [str(Path(sys.executable).with_name("vfm")), "cost", str(rows), "--format", "json"]
        whole, start = seconds(lambda: office(full, folder)), seconds(lambda: office(empty, folder))
        ours = best(lambda: _figures(cost_map(its, book, pupils, calendar))) / 1_000
        process = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    net = whole - start
    print(f"{len(its)} interventions, {sum(len(it.members) for it in its)} memberships")
    print(f"LibreOffice, whole run            {whole * 1_000:9.0f} ms")
    print(f"LibreOffice, net of its start     {net * 1_000:9.0f} ms")
    print(f"vfm in memory                     {ours * 1_000:9.1f} ms   {net / ours:7.1f} times faster (to reach: 20)")
    print(
        f"vfm cost, whole process           {process * 1_000:9.0f} ms   {whole / process:7.1f} times faster (to reach: 5)"
    )


def _figures(costed: CostedMap) -> object:
    """Everything that the workbook works out, as it is printed."""
    by = costed.by_tier, costed.by_need, costed.by_provider
    return costed.total, costed.additional, costed.for_sen, costed.printed_pupils(), costed.printed_interventions(), by


if __name__ == "__main__":
    main()

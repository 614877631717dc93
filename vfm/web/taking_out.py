"""Hands tables over as a file: CSV holds one of them, Excel all."""

import re
from collections.abc import Sequence

from flask import Response, abort, request

from vfm.costing.calendar import AcademicYear
from vfm.documents.rows import Sheet, as_csv, as_excel
from vfm.web.permissions import here

MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def as_file(sheets: Sequence[Sheet], kind: str, heading: str, year: int) -> Response:
    """The tables as a file, named after the school, what it is and the year. CSV: the first, or the one asked for by place."""
    asked = request.args.get("table", "1")
    place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    if not 1 <= place <= len(sheets):
        abort(404)
    chosen = sheets[place - 1]
    words = f"{here().school.slug} {heading if kind == 'xlsx' else chosen.title} {AcademicYear(year).words}"
    name = "-".join(re.findall(r"[a-z0-9]+", words.casefold()))
    body = as_csv(chosen) if kind == "csv" else as_excel(sheets)
    return Response(
        body, content_type=MEDIA[kind], headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )

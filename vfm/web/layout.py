"""What every page needs: how values are shown, where one can go, and the pages for what went wrong."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from vfm.documents.charts import svg
from vfm.documents.rows import Cell, Count, Share
from vfm.money import half_up, percent_words, pounds
from vfm.plan.shown import shown
from vfm.web.components import kind_of, parameters, summary
from vfm.web.database import db
from vfm.web.fields import plain
from vfm.web.permissions import WHO_RUNS_IT, Here

FOOTER = (
    ("Help", "/help"),
    ("Papers", "/papers/"),
    ("Accessibility", "/accessibility"),
    ("Privacy", "/privacy"),
    ("Cookies", "/cookies"),
)
SAID = {
    400: ("That did not arrive as it should", "Go back, check what you typed and send it once more."),
    403: (
        "This is not yours to open",
        "Your role at the school does not include this page. Ask the person who invited you.",
    ),
    404: ("Page not found", "If you typed the address, check it. If you followed a link, it may be out of date."),
    405: ("That did not arrive as it should", "Go back and use the button on the page."),
    413: (
        "That is too much at once",
        "What you sent is larger than this page takes. Make it shorter, or the file smaller, and send it again.",
    ),
    429: ("Too many tries", "Wait a quarter of an hour, then try again."),
    500: (
        "Something went wrong here",
        "It is our fault and not yours, and it has been written down. Try again in a minute.",
    ),
}


def day(value: dt.date | dt.datetime | None) -> str:
    """Such as 1 September 2026."""
    return f"{value.day} {value:%B %Y}" if value else ""


def moment(value: dt.datetime | None) -> str:
    """Such as 1 September 2026 at 14:05 (UTC)."""
    return f"{day(value)} at {value:%H:%M} (UTC)" if value else ""


def money(value: Decimal | None) -> str:
    """Such as £1,234.50."""
    return "" if value is None else pounds(value)


def pence(value: int | Fraction) -> str:
    """Exact pence, rounded half up here where they leave the domain, such as £1,234.50."""
    return pounds(half_up(Fraction(value)))


def percent(value: Decimal | Fraction | None) -> str:
    """Such as 12.5%: a typed percentage as it is, a worked-out one to one decimal, half up."""
    if isinstance(value, Fraction):
        value = Decimal(half_up(value * 10)) / 10
    return "" if value is None else f"{plain(value)}%"


def cell_words(cell: Cell) -> str:
    """What a page says for a cell of a table: £1,234.50, 12.5%, 1 September 2026, 1,200."""
    if isinstance(cell, Share):
        return percent(cell.percent)
    if isinstance(cell, Count):
        return plain(cell.number)
    if isinstance(cell, Decimal):
        return money(cell)
    if isinstance(cell, dt.date):
        return day(cell)
    return "" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell


def navigation() -> dict[str, Any]:
    """The school's own links, where the gate has let somebody into a school."""
    here: Here | None = g.get("here")
    if here is None:
        return {"name": "", "url": "/", "links": []}
    year = (request.view_args or {}).get("year")
    home = url_for("school.reviews")
    items: list[tuple[str, str]] = []
    if year is not None and here.role in WHO_RUNS_IT:
        pages = (
            ("Review", "review.task_list"),
            ("Provision map", "provision-map.overview"),
            ("Action plan", "plan.overview"),
        )
        items = [(words, url_for(endpoint, year=year)) for words, endpoint in pages]
    elif year is not None:
        items = [("Asked of you", url_for("review.asked", year=year))]
    shown = [{"text": words, "href": address, "active": request.path == address} for words, address in items]
    shown.append({"text": "Papers", "href": "/papers/", "active": False})
    return {"name": here.school.name, "url": home, "links": shown}


def add_layout(app: Flask) -> None:
    """Filters, globals and error pages."""
    app.jinja_env.filters.update(
        cell=cell_words,
        day=day,
        moment=moment,
        money=money,
        plain=plain,
        shown=shown,
        pounds=pounds,
        percent=percent_words,
    )
    app.jinja_env.globals.update(
        kind_of=kind_of,
        parameters=parameters,
        summary=summary,
        navigation=navigation,
        footer_links=lambda: FOOTER,
        version=version("vfm"),
        chart_svg=lambda bars, prefix: Markup(svg(bars, prefix)),  # noqa: S704  drawn by us, its words escaped
    )
    app.jinja_env.globals.setdefault("current_user", current_user)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _token_missing)
    app.register_error_handler(Exception, _failed)


def _page(code: int, title: str, text: str) -> ResponseReturnValue:
    return render_template("errors/error.html", heading=title, text=text), code


def _refused(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error.response, Response):
        return error.response
    code = error.code or 500
    title, text = SAID.get(code, SAID[400] if code < 500 else SAID[500])
    return _page(code, title, text)


def _token_missing(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, "This page had been open for too long", "Go back, reload the page and send it once more.")


def _failed(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("no answer could be made", exc_info=error)
    g.pop("here", None)
    db().rollback()  # the page asks who is signed in, which a failed transaction refuses
    return _page(500, *SAID[500])

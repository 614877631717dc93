"""Long lists on several pages: which page the address asks for, and links to all of them."""

from typing import Any

from flask import request, url_for


def page_asked(endpoint: str, rows: int, on_a_page: int, **address: Any) -> tuple[int, list[tuple[int, str, bool]]]:
    """The number of the page, within what there is, and for each page its number, its address, and whether it is this one.

    No links where there is only one page. `address`: what else stands in the addresses.
    """
    asked, pages = request.args.get("page", "1"), max(1, -(-rows // on_a_page))
    digits = asked.isascii() and asked.isdigit() and len(asked) < 5
    number = min(max(1, int(asked)), pages) if digits else 1
    links = [(n, url_for(endpoint, **{**address, "page": n}), n == number) for n in range(1, pages + 1)]
    return number, links if pages > 1 else []

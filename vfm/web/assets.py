"""Serves the browser's parts: read once at start, named by what is in them, cached for good."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort

from vfm.web.permissions import Permission, permit

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
START = """import {{ initAll }} from "{}";
initAll();
// A form that names no address keeps the #main-content of the skip link, which then takes the focus from the errors.
document.addEventListener("submit", ({{ target }}) => {{
    if (!target.hasAttribute("action")) target.action = location.pathname + location.search;
}});
"""
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b5c63"/>'
    '<path d="M7 9l5 14 3-8 3 8 7-18" fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round"/></svg>'
)


class AssetsMissing(Exception):
    """The browser's parts are not installed."""


@dataclass(frozen=True)
class Assets:
    """Files by the path at which they are served, and paths by the plain names that templates use."""

    files: dict[str, tuple[str, bytes]]
    paths: dict[str, str]


def read_assets(node_modules: Path) -> Assets:
    """Everything the browser may ask for; nothing else of node_modules is served. Raises AssetsMissing."""
    dist = node_modules / "govuk-frontend" / "dist" / "govuk"
    try:
        style = (dist / "govuk-frontend.min.css").read_text(encoding="utf-8")
        script = (dist / "govuk-frontend.min.js").read_bytes()
    except OSError as wrong:
        raise AssetsMissing(f"{wrong.filename} is not there: run `npm ci` in vfm's folder, then start again") from wrong
    own = Path(__file__).with_name("vfm.css").read_bytes()
    plain = {
        "govuk-frontend.css": _unbranded(style).encode(),
        "vfm.css": own,
        "icon.svg": ICON.encode(),
        "govuk-frontend.js": re.sub(rb"\n?//# sourceMappingURL=\S+", b"", script),
    }
    paths = {name: _marked(name, body) for name, body in plain.items()}
    start = START.format(f"/assets/{paths['govuk-frontend.js']}").encode()
    plain["start.js"], paths["start.js"] = start, _marked("start.js", start)
    return Assets({paths[name]: (TYPES[name.rpartition(".")[2]], body) for name, body in plain.items()}, paths)


def _unbranded(style: str) -> str:
    """The components' style without GOV.UK's typeface, crest and pictures, which are not ours to use."""
    style = re.sub(r"@font-face\{[^}]*\}", "", style).replace('"GDS Transport",', "")
    style = re.sub(r"/\*# sourceMappingURL=\S+ \*/", "", style)
    return re.sub(r"url\([^)]*\)", "none", style)


def _marked(name: str, body: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{ending}"


def add_assets(app: Flask, assets: Assets) -> None:
    """The route that serves them, and `asset('vfm.css')` for templates."""

    @app.get("/assets/<name>")
    @permit(Permission.PUBLIC)
    def asset(name: str) -> Response:
        if name not in assets.files:
            abort(404)
        kind, body = assets.files[name]
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(body, content_type=f"{kind}; charset=utf-8", headers=headers)

    app.jinja_env.globals["asset"] = lambda name: f"/assets/{assets.paths[name]}"

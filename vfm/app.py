"""Puts the site together: wiring only."""

from pathlib import Path

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from vfm.config import Config
from vfm.costing.programme_library import read_library
from vfm.papers.paper import read_papers
from vfm.questions.bank import read_bank
from vfm.stages import SLUGS
from vfm.store.engine import open_database
from vfm.web.assets import add_assets, read_assets
from vfm.web.database import add_database
from vfm.web.drafts import add_drafts
from vfm.web.headers import add_headers
from vfm.web.layout import add_layout
from vfm.web.mail import MailServer
from vfm.web.permissions import add_gate
from vfm.web.signing_in import add_signing_in
from vfm.web.subjects import SUBJECTS
from vfm.web.throttling import add_throttling
from vfm.web.uploads import add_uploads

ROOM = Path(__file__).resolve().parent
LARGEST_REQUEST = 1_000_000


class TemplatesMissing(Exception):
    """The templates are not beside the package: vfm runs from its checkout."""


def create_app(config: Config, *, content: Path = ROOM) -> Flask:
    """The site. Raises when the bank, the papers, the templates or the browser's parts are not whole.

    `content` holds the folders `questions` and `papers`; tests bring toy ones of their own.
    """
    if not (config.templates / "layout" / "page.html").exists():
        raise TemplatesMissing(f"{config.templates} has no pages: run vfm from its checkout (`pip install -e .`)")
    app = Flask("vfm", template_folder=str(config.templates), static_folder=None)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(config.templates), components])
    app.config.update(
        SECRET_KEY=config.secret,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        SESSION_COOKIE_SECURE=config.production,
    )
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies)  # type: ignore[method-assign]
    _add_content(app, content)
    _add_web(app, config)
    return app


def _add_content(app: Flask, content: Path) -> None:
    papers = read_papers(content / "papers")
    app.extensions["vfm_papers"] = papers
    app.extensions["vfm_bank"] = read_bank(content / "questions", SLUGS, papers)
    app.extensions["vfm_library"] = read_library()


def _add_web(app: Flask, config: Config) -> None:
    database = open_database(config.database_url)
    mail = MailServer(config.mail_host, config.mail_port, config.mail_sender, config.mail_user, config.mail_password)
    app.extensions["vfm_mail"] = mail if config.mail_host else None
    add_database(app, database)
    add_headers(app)
    add_uploads(app)  # before anything reads what was sent
    add_signing_in(app, secret=config.secret, cheap_hashes=config.cheap_hashes)
    add_throttling(app)
    add_drafts(app)
    add_gate(app)  # before the check of forms' tokens, so that whoever is signed out is asked to sign in
    CSRFProtect(app)
    add_assets(app, read_assets(config.node_modules))
    add_layout(app)
    for subject in SUBJECTS:
        app.register_blueprint(subject)

"""Reads a document twice, as the page says it and as the PDF is heard, so that a test can hold one against the other."""

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

import vfm
from vfm.documents.plan import Section

PAGE = '{% from "components/parts.html" import parts with context %}{{ parts(section.parts, section.anchor, 2) }}'
TEMPLATES = Path(str(vfm.__file__)).parent.parent / "templates"
Spoken = list[tuple[str, str]]


def heard(path: Path) -> Spoken:
    """Each piece of text in reading order, with the tags around it; the table of contents is left out."""
    found: Spoken = []
    around: list[tuple[int, str]] = []
    for row in run("pdfinfo", "-struct-text", str(path)).splitlines():
        depth, words = len(row) - len(row.lstrip()), row.strip()
        if words.startswith('"'):
            inside = [tag for indent, tag in around if indent < depth]
            if "TOC" not in inside and words != '"Contents "':
                found.append((" ".join(inside), words.removeprefix('"').removesuffix('"')))
        elif not words.startswith("/"):
            around = [each for each in around if each[0] < depth] + [(depth, re.split(r"[ :]", words)[0])]
    return found


class _Words(HTMLParser):
    """The words that a page shows, without what a chart draws: the PDF draws the same in its own order."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += " " + data


def run(*command: str) -> str:
    """What a command says; it must not complain."""
    done = subprocess.run(command, capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()


def on_the_page(section: Section) -> str:
    """The words of a section on a page."""
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    pages.globals["chart_svg"] = lambda _bars, _prefix: ""
    read = _Words()
    read.feed(pages.from_string(PAGE).render(section=section))
    return read.text


def letters(text: str) -> str:
    """Without spaces, line ends and bullets, which page and PDF set each in their own way."""
    return "".join(text.split()).replace("•", "")

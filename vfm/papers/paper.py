"""Reads the papers that stand beside the questions, and refuses one that is not whole."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

HEADINGS = ("What it means", "What the law and guidance say", "A real example", "One thing to try")
SHORTEST, LONGEST = 300, 500
COPIES = (
    "docsbay",
    "paperzz",
    "slideplayer",
    "pdfslide",
    "studylib",
    "docest",
    "docslib",
    "vdocument",
    "fdocuments",
    "docstoc",
    "docbox",
    "issuu",
    "scribd",
)

_LINK = re.compile(r"\[([^\]]+)\]\[([a-z0-9-]+)\]")
_markdown = MarkdownIt("commonmark", {"html": False})


class PaperError(Exception):
    """A paper's file is wrong; the message names the file and the fault."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. `read` says when, `opened` the day on which one of us opened the link, if anybody did."""

    key: str
    title: str
    publisher: str
    year: str
    url: str
    read: str
    opened: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its words as Markdown with reference links, and the sources that those links name."""

    key: str
    number: int
    title: str
    summary: str
    body: str
    sources: tuple[Source, ...]

    def html(self) -> str:
        """The body as HTML. HTML in the Markdown is shown as text, so the papers can carry none of their own."""
        definitions = "\n".join(f"[{source.key}]: <{source.url}>" for source in self.sources)
        return str(_markdown.render(f"{self.body}\n\n{definitions}\n"))

    def sentences(self) -> list[str]:
        """The body's sentences as plain text without headings, for the test that no two papers share one."""
        without_headings = re.sub(r"^#.*$", "", self.body, flags=re.MULTILINE)
        apart = re.sub(r"^(-|\d+\.) ", "\n\n", without_headings, flags=re.MULTILINE)
        parts = re.split(r"(?<=[.:?])\s+|\n{2,}", _LINK.sub(r"\1", apart).replace("*", ""))
        return [" ".join(part.split()) for part in parts if len(part.split()) > 3]

    def words(self) -> int:
        """How many words the body has; link text counts, keys do not."""
        return len(_LINK.sub(r"\1", self.body).split())


def read_papers(folder: Path) -> dict[str, Paper]:
    """All papers of a folder by key, in the order of their numbers."""
    papers = sorted((read_paper(path) for path in folder.glob("*.md")), key=lambda paper: paper.number)
    numbers = [paper.number for paper in papers]
    if numbers != list(range(1, len(papers) + 1)):
        raise PaperError(
            f"{folder.name}: the papers' numbers are {numbers}; they must be 1 to {len(papers)}, each once"
        )
    return {paper.key: paper for paper in papers}


def read_paper(path: Path) -> Paper:
    """One paper from its file. Raises PaperError, naming the file and what is wrong."""
    try:
        _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        facts = tomllib.loads(head)
        sources = tuple(Source(**source) for source in facts.pop("source", ()))
        paper = Paper(key=path.stem, body=body.strip(), sources=sources, **facts)
    except (ValueError, TypeError) as wrong:
        raise PaperError(f"{path.name}: {wrong}") from wrong
    for fault in _faults(paper):
        raise PaperError(f"{path.name}: {fault}")
    return paper


def _faults(paper: Paper) -> list[str]:
    return [*_faults_of_form(paper), *_faults_of_sources(paper)]


def _faults_of_form(paper: Paper) -> list[str]:
    faults = []
    headings = tuple(re.findall(r"^#+ (.*)$", paper.body, flags=re.MULTILINE))
    if headings != HEADINGS or not paper.body.startswith(f"## {HEADINGS[0]}"):
        faults.append(f"its headings are {headings}; they must be {HEADINGS}")
    if not SHORTEST <= paper.words() <= LONGEST:
        faults.append(f"it has {paper.words()} words; it must have {SHORTEST} to {LONGEST}")
    if re.search(r"\]\(|<http|https?://", paper.body):
        faults.append("a link is written out; use [text][key] and a [[source]]")
    return faults


def _faults_of_sources(paper: Paper) -> list[str]:
    keys = [source.key for source in paper.sources]
    used = {key for _, key in _LINK.findall(paper.body)}
    faults = [f"source {key!r} stands twice" for key in keys if keys.count(key) > 1]
    faults += [f"the link [{key}] has no source" for key in sorted(used.difference(keys))]
    faults += [f"source {key!r} is not used" for key in sorted(set(keys) - used)]
    for source in paper.sources:
        address = urlsplit(source.url)
        if address.scheme not in ("http", "https") or "." not in address.netloc or re.search(r"\s", source.url):
            faults.append(f"source {source.key!r} has a malformed link {source.url!r}")
        if any(name in address.netloc for name in COPIES):
            faults.append(f"source {source.key!r} is a copy on a document-sharing site")
    return faults

"""The real bank and the real papers, as the site reads them at start."""

from pathlib import Path

import vfm.papers.paper
import vfm.questions.bank
from vfm.papers.paper import read_papers
from vfm.questions.bank import read_bank
from vfm.questions.school import Kind, School
from vfm.stages import SLUGS

QUESTIONS = Path(vfm.questions.bank.__file__).parent
PAPERS = Path(vfm.papers.paper.__file__).parent
REAL_PAPERS = read_papers(PAPERS)
BANK = read_bank(QUESTIONS, SLUGS, REAL_PAPERS)
# What must never be said to a school: the threshold is no entry fee, and the notional budget is no pot.
NEVER_SAID = (
    r"\b(must|has to|have to|needs? to|required to) (first )?(have )?spen[dt]\b[^.?]*£6,000",
    r"\b(un|over|under)spen[dt]\b",
    r"\bow(ed|es|ing)\b",
    r"£6,000 (must|has to) be spent",
)


def school(kind: Kind) -> School:
    """A school of this kind to which every other condition applies."""
    return School(name="Oak", kind=kind)

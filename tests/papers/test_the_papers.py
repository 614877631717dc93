"""Sweeps over the sixteen papers that stand beside the questions."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.questions.real import NEVER_SAID, REAL_PAPERS
from vfm.papers.paper import COPIES, HEADINGS, Paper

EVERY = pytest.mark.parametrize("paper", REAL_PAPERS.values(), ids=list(REAL_PAPERS))


def test_there_are_sixteen_numbered_in_order() -> None:
    assert [paper.number for paper in REAL_PAPERS.values()] == list(range(1, 17))


def test_no_two_titles_or_summaries_are_alike() -> None:
    papers = REAL_PAPERS.values()
    assert len({paper.title for paper in papers}) == len({paper.summary for paper in papers}) == 16


def test_no_two_papers_share_a_sentence() -> None:
    counted = Counter(sentence for paper in REAL_PAPERS.values() for sentence in paper.sentences())
    assert len(counted) > 400
    assert [sentence for sentence, times in counted.items() if times > 1] == []


@EVERY
def test_a_paper_has_300_to_500_words_under_four_headings(paper: Paper) -> None:
    assert 300 <= paper.words() <= 500
    assert tuple(re.findall(r"<h2>(.*?)</h2>", paper.html())) == HEADINGS
    assert not re.search(r"<h[13-6]", paper.html())


@EVERY
def test_headings_are_no_sentences_of_a_paper(paper: Paper) -> None:
    assert not set(HEADINGS) & set(paper.sentences())
    assert not [sentence for sentence in paper.sentences() if any(heading in sentence for heading in HEADINGS)]


@EVERY
def test_the_summary_is_one_plain_sentence(paper: Paper) -> None:
    assert re.fullmatch(r"[A-Z][^.]*\.", paper.summary), paper.summary
    assert 12 <= len(paper.summary.split()) <= 36
    assert len(paper.title.split()) <= 11


@EVERY
def test_every_source_is_linked_and_every_link_leads_to_its_source(paper: Paper) -> None:
    linked = {link.replace("&amp;", "&") for link in re.findall(r'<a href="([^"]+)"', paper.html())}
    assert linked == {source.url for source in paper.sources}
    assert "][" not in paper.html()


@EVERY
def test_links_are_well_formed_and_lead_to_no_copy(paper: Paper) -> None:
    for source in paper.sources:
        address = urlsplit(source.url)
        assert address.scheme in ("http", "https"), source.url
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", address.netloc), source.url
        assert not [copy for copy in COPIES if copy in address.netloc], source.url
        assert source.title, source.key
        assert source.publisher, source.key
        assert source.read.startswith("November 2026"), source.key


@EVERY
def test_the_example_says_when_it_was_published(paper: Paper) -> None:
    example = paper.body.split(f"## {HEADINGS[2]}")[1].split("## ")[0]
    assert re.search(r"published (in|by|as|on)|[Aa]s published", example), example[:80]


@EVERY
def test_nothing_false_is_said_of_the_threshold_or_the_notional_budget(paper: Paper) -> None:
    for sentence in (paper.title, paper.summary, *paper.sentences()):
        assert not [wrong for wrong in NEVER_SAID if re.search(wrong, sentence, flags=re.IGNORECASE)], sentence


@EVERY
def test_the_tone_is_calm(paper: Paper) -> None:
    assert "!" not in paper.body + paper.title + paper.summary
    assert "—" not in paper.body

"""Charts: the same picture in a PDF and on a page, safe under a strict CSP, with words and figures beside colours."""

from xml.etree import ElementTree

import pytest
from reportlab.graphics.shapes import Drawing, Rect, String

from tests.documents.sample import BARS
from vfm.documents.charts import Bars, description, drawing, svg

SVG = "{http://www.w3.org/2000/svg}"


def texts(found: Drawing) -> str:
    return " ".join(part.text for part in found.contents if isinstance(part, String))


def test_the_description_holds_every_figure() -> None:
    assert description(BARS) == (
        "Bar chart. Planned and spent. Reading: Planned £1,200, Spent £950.50; Nurture & play: Planned £0, Spent £80."
    )
    assert description(Bars("Hours", ("A",), (("x", (1.5,)),), "hours")) == "Bar chart. Hours. A: 1.5 hours."
    assert description(Bars("Share", ("A",), (("x", (-2,)),), "%")) == "Bar chart. Share. A: −2%."
    assert description(Bars("None", (), (), "£")) == "Bar chart. None. No figures."


def test_bars_start_at_nought_and_are_as_long_as_their_figures() -> None:
    found = drawing(Bars("T", ("a", "b"), (("x", (50, 100)),), "£"))
    bars = [part for part in found.contents if isinstance(part, Rect) and part.strokeColor]
    assert [bar.x for bar in bars] == [0, 0]
    assert bars[1].width == pytest.approx(2 * bars[0].width)
    assert "£0" in texts(found)


def test_bars_below_nought_go_the_other_way() -> None:
    found = drawing(Bars("T", ("a", "b"), (("x", (-50, 100)),), "£"))
    less, more = (part for part in found.contents if isinstance(part, Rect) and part.strokeColor)
    assert less.x + less.width == pytest.approx(more.x)


@pytest.mark.parametrize("figures", [(0, 0), (0.01, 0), (10**9, 1), (-5, -7)])
def test_any_size_fits(figures: tuple[float, ...]) -> None:
    found = drawing(Bars("T " * 200, ("a" * 300, "b"), (("x" * 20, figures), ("y", figures)), "£"))
    bars = [part for part in found.contents if isinstance(part, Rect)]
    assert all(bar.x >= -0.01 and bar.x + bar.width <= 480 for bar in bars)


def test_each_bar_carries_its_series_in_words() -> None:
    assert "Planned  £1,200" in texts(drawing(BARS))
    assert "Spent  £950.50" in texts(drawing(BARS))


def test_the_svg_may_stand_on_a_page() -> None:
    text = svg(BARS, "c1")
    root = ElementTree.fromstring(text)
    assert "style=" not in text and "<style" not in text and "font-family" not in text
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c1-title c1-desc"
    assert "width" not in root.attrib and "height" not in root.attrib and "viewBox" in root.attrib
    assert [root.find(SVG + name).text for name in ("title", "desc")] == [BARS.title, description(BARS)]  # type: ignore[union-attr]
    ids = [element.get("id") for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    assert all(str(name).startswith("c1-") for name in ids)
    assert "url(#c1-" in text
    assert "url(#clip" not in text


def test_hard_names_go_into_the_svg() -> None:
    text = svg(Bars("<b> & \x00", ('"><script>', "日"), (("]]>", (1, 2)),), "<i>"), "p")
    assert "<script" not in text
    ElementTree.fromstring(text)


def test_a_series_without_a_figure_for_each_name_is_refused() -> None:
    with pytest.raises(ValueError, match="1 figures for 2 names"):
        Bars("T", ("a", "b"), (("x", (1,)),), "£")

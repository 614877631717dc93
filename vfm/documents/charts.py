"""Bar charts: one drawing, as vectors in a PDF and as SVG on a page; every bar carries its figure and its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any
from xml.etree import ElementTree

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import simpleSplit

from vfm.documents.pdf.fonts import BOLD, install, runs, width
from vfm.documents.pdf.letters import line

WIDTH, SIZE = 470, 11
INK, BLUE, GRID = HexColor("#1a1a1a"), HexColor("#17365d"), HexColor("#c9d3de")
FILLS = (BLUE, HexColor("#ffffff"), HexColor("#9fb6d1"), HexColor("#d9d9d9"))
BAR, GAP, LEADING, STEPS = 14, 4, 15, 4
SVG = "http://www.w3.org/2000/svg"

ElementTree.register_namespace("", SVG)


@dataclass(frozen=True)
class Bars:
    """What a chart shows: a bar of each series (its name, its figures) for each name; the unit is £, %, or a word."""

    title: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | float, ...]], ...]
    unit: str

    def __post_init__(self) -> None:
        for name, figures in self.series:
            if len(figures) != len(self.names):
                raise ValueError(f"series {name!r} has {len(figures)} figures for {len(self.names)} names")


@dataclass(frozen=True)
class _Scale:
    """From figures to points: where nought stands, and how long one unit is."""

    left: float
    points: float
    ticks: tuple[float, ...]

    def place(self, figure: float) -> float:
        return self.left + figure * self.points


def description(bars: Bars) -> str:
    """The chart in words: its title, and each figure with its name."""
    groups = [f"{line(name)}: {', '.join(_labels(bars, place, ' '))}" for place, name in enumerate(bars.names)]
    return f"Bar chart. {line(bars.title)}. {'; '.join(groups) or 'No figures'}."


def drawing(bars: Bars) -> Drawing:
    """The chart as a ReportLab drawing, 470 points wide and as high as its bars."""
    install()
    wrapped = [_wrapped(name) for name in bars.names]
    title = _wrapped(bars.title)
    group = len(bars.series) * (BAR + GAP) + 10
    height = len(title) * LEADING + 10 + sum(len(lines) * LEADING + group for lines in wrapped) + 22
    found = Drawing(WIDTH, height)
    scale = _scale(bars)
    top = _lines(found, title, height, bold=True) - 10
    _axis(found, bars, scale)
    for place, lines in enumerate(wrapped):
        top = _lines(found, lines, top)
        _grid(found, scale, top, top - group + 6)
        for number, label in enumerate(_labels(bars, place, "  ")):
            top -= BAR + GAP
            _bar(found, scale, bars.series[number][1][place], top, FILLS[number % len(FILLS)])
            _label(found, max(scale.place(0), scale.place(bars.series[number][1][place])) + 6, top + 3, label)
        top -= 10
    return found


def svg(bars: Bars, prefix: str) -> str:
    """The chart as an SVG element that a page may hold under a strict CSP; the prefix makes its ids its own."""
    text = drawing(bars).asString("svg")
    text = text.decode() if isinstance(text, bytes) else text
    root = ElementTree.fromstring(text)  # noqa: S314  (our own drawing, its names escaped by ReportLab)
    for element in root.iter():
        _without_style(element, prefix)
    for name, words in (("title", line(bars.title)), ("desc", description(bars))):
        part = root.find(f"{{{SVG}}}{name}")
        if part is None:
            part = ElementTree.SubElement(root, f"{{{SVG}}}{name}")
        part.text = words
        part.set("id", f"{prefix}-{name}")
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    return ElementTree.tostring(root, encoding="unicode")


def _without_style(element: ElementTree.Element, prefix: str) -> None:
    """A style attribute becomes presentation attributes, and the page's own typeface is used."""
    for pair in filter(None, (each.strip() for each in element.attrib.pop("style", "").split(";"))):
        name, value = (each.strip() for each in pair.split(":", 1))
        if name == "font-family":
            name, value = "font-weight", "bold" if "Bold" in value else "normal"
        element.set(name, re.sub(r"url\(#", f"url(#{prefix}-", value))
    if "id" in element.attrib:
        element.set("id", f"{prefix}-{element.get('id')}")
    if element.get("transform") == "":
        del element.attrib["transform"]


def _labels(bars: Bars, place: int, between: str) -> list[str]:
    several = len(bars.series) > 1
    return [
        f"{line(name)}{between}{_figure(figures[place], bars.unit)}" if several else _figure(figures[place], bars.unit)
        for name, figures in bars.series
    ]


def _figure(figure: float, unit: str) -> str:
    digits = f"{abs(figure):,.2f}"
    digits = digits.removesuffix(".00") if unit == "£" else digits.rstrip("0").rstrip(".")
    sign = "−" if figure < 0 and digits != "0" else ""
    if unit == "£":
        return f"{sign}£{digits}"
    return f"{sign}{digits}%" if unit == "%" else f"{sign}{digits} {line(unit)}".rstrip()


def _scale(bars: Bars) -> _Scale:
    """An axis that holds nought and every figure, with round steps."""
    figures = [figure for _, each in bars.series for figure in each]
    low, high = min([0.0, *figures]), max([0.0, *figures])
    step = _round_step((high - low) / STEPS or 1.0)
    first, last = floor(low / step), max(ceil(high / step), 1)
    labels = [width(label, SIZE) for place in range(len(bars.names)) for label in _labels(bars, place, "  ")]
    room = max(WIDTH - max(labels, default=0) - 12, WIDTH / 4)
    points = room / ((last - first) * step)
    return _Scale(-first * step * points, points, tuple(number * step for number in range(first, last + 1)))


def _round_step(step: float) -> float:
    power = float(10 ** floor(log10(step)))
    return next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= step * 0.999)


def _grid(found: Drawing, scale: _Scale, top: float, bottom: float) -> None:
    for tick in scale.ticks:
        x, heavy = scale.place(tick), tick == 0
        found.add(Line(x, bottom, x, top, strokeColor=INK if heavy else GRID, strokeWidth=1 if heavy else 0.5))


def _axis(found: Drawing, bars: Bars, scale: _Scale) -> None:
    free = 0.0
    for tick in scale.ticks:
        x, label = scale.place(tick), _figure(tick, bars.unit)
        left = max(0.0, min(x - width(label, SIZE) / 2, WIDTH - width(label, SIZE)))
        if left >= free:
            _text(found, left, 4, label)
            free = left + width(label, SIZE) + 8


def _bar(found: Drawing, scale: _Scale, figure: float, bottom: float, fill: Color) -> None:
    look: Any = {"fillColor": fill, "strokeColor": BLUE, "strokeWidth": 1}
    left, right = sorted((scale.place(0), scale.place(figure)))
    found.add(Rect(left, bottom, right - left, BAR, **look))


def _wrapped(text: str) -> list[str]:
    return simpleSplit(line(text), BOLD, SIZE, WIDTH - 4) or [""]


def _lines(found: Drawing, lines: list[str], top: float, bold: bool = False) -> float:
    for each in lines:
        top -= LEADING
        _text(found, 0, top + 3, each, bold)
    return top


def _label(found: Drawing, x: float, y: float, text: str) -> None:
    """A figure beside its bar, on white so that no line of the axis runs through it."""
    back: Any = {"fillColor": FILLS[1], "strokeColor": None}
    found.add(Rect(x - 2, y - 3, width(text, SIZE) + 4, BAR, **back))
    _text(found, x, y, text)


def _text(found: Drawing, x: float, y: float, text: str, bold: bool = False) -> None:
    for font, piece in runs(text, bold):
        found.add(String(x, y, piece, fontName=font, fontSize=SIZE, fillColor=INK))
        x += width(piece, SIZE, bold)

"""Typed text made fit to be drawn."""

from hypothesis import given
from hypothesis import strategies as st

from vfm.documents.pdf.fonts import install, runs, shortened, width
from vfm.documents.pdf.letters import clean, drawn, line, paragraphs


def test_line_ends_are_one_kind_and_control_characters_go() -> None:
    assert clean("a\r\nb\rc\u2028d\x00\x1b\u200f\te") == "a\nb\nc\nd e"
    assert clean("e\u0301") == "é"
    assert line(" a \n b ") == "a b"
    assert paragraphs("a\nb\n \n\nc\n") == ["a\nb", "c"]


def test_arabic_letters_are_joined_and_turned() -> None:
    assert drawn("Maryam مريم") == "Maryam \ufee2\ufef3\ufeae\ufee3"
    assert drawn("لا") == "\ufefb"
    assert drawn("לאה") == "האל"
    assert drawn("Siân Ŵyn Łukasz Οξάνα") == "Siân Ŵyn Łukasz Οξάνα"


def test_two_names_stay_together_in_their_order() -> None:
    first, second = drawn("محمد علي").split("\u00a0")
    assert first == drawn("علي")
    assert second == drawn("محمد")


def test_each_letter_is_drawn_in_a_font_that_holds_it() -> None:
    install()
    assert list(runs("Ŵyn 日")) == [("DejaVuSans", "Ŵyn "), ("DejaVuSans", "\ufffd")]
    assert next(runs("Ŵ", bold=True)) == ("DejaVuSans-Bold", "Ŵ")


def test_a_line_is_shortened_to_its_room() -> None:
    install()
    assert shortened("Short", 11, 200) == "Short"
    cut = shortened("A very long name of a school " * 9, 11, 200)
    assert cut.endswith("…") and width(cut, 11) <= 200


@given(st.text(st.characters(), max_size=80))
def test_any_text_is_drawn_whole(text: str) -> None:
    install()
    made = "".join(piece for _, piece in runs(clean(text)))
    assert clean(clean(text)) == clean(text)
    assert "\x00" not in made
    assert bool(made) == bool(clean(text))

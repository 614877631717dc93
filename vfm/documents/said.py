"""Small phrases that both versions of a pack use, so that they say one thing in the same words."""

import datetime as dt

from vfm.plan.pack import Hours, Pack

NOT_ADVICE = "This is a record of provision, made by the school from its provision map. It is not legal advice."


def pack_title(pack: Pack) -> str:
    """The title of the document."""
    return f"Record of provision: {pack.pupil}"


def day(value: dt.date | None) -> str:
    """Such as 1 September 2026, or nothing."""
    return f"{value.day} {value:%B %Y}" if value else ""


def days(first: dt.date, last: dt.date) -> str:
    """Such as 1 September 2026 to 31 August 2027."""
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def lines(*texts: str) -> str:
    """The texts that say something, one a line."""
    return "\n".join(text for text in texts if text)


def begun(words: str) -> str:
    """The words with a capital at their beginning."""
    return f"{words[:1].upper()}{words[1:]}"


def one_or_more(number: int, noun: str) -> str:
    """Such as 1 support, 3 supports."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def hours_received(hours: Hours) -> str:
    """Such as "36 hours, estimated"; never nought where it is only not shown."""
    return f"{hours.received}, {hours.how}" if hours.received else begun(hours.how)


def basics(pack: Pack) -> tuple[tuple[str, str], ...]:
    """What stands on the first page of every pack."""
    years = [year.words for year in pack.years]
    newest = next((year.year_group for year in pack.years if year.year_group), "")
    return (
        ("Pupil", pack.pupil),
        ("Year group", f"{newest}, in {years[0]}" if newest else ""),
        ("Made for", pack.reader.words),
        ("Pack", f"Number {pack.number} of this pupil, reference {pack.reference}"),
        ("Made on", f"{day(pack.made_on)}; everything in it is as it was recorded on that day"),
        ("Academic years", _in_a_row(pack)),
        ("Cost", "With cost" if pack.with_cost else "Without cost"),
    )


def _in_a_row(pack: Pack) -> str:
    """Such as 2017 to 2018 up to 2026 to 2027; years that do not follow each other are listed."""
    words = [year.words for year in pack.years]
    starts = [year.first.year for year in pack.years]
    if len(words) > 2 and starts == list(range(starts[0], starts[-1] - 1, -1)):
        return f"{words[-1]} up to {words[0]}, {len(words)} years"
    return ", ".join(words) or "None"

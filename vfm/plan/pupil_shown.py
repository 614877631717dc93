"""Prints a year of a pupil's record: each figure rounded once, what it is made of said beside it, estimates marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vfm.money import add_up, apportion, half_up, hours_and_minutes, percent_words, pounds
from vfm.plan.shown import day_words
from vfm.value.pupil_record import How, PupilYear, Received, Support, View, total_received
from vfm.value.taken import RESULT_WORDS

Card = tuple[str, str, str]
NOT_CLAIMED = "Not on it: the authority’s rules leave it out, its card has no rate, or nothing is costed"
KIND_HEADINGS = ("Kind of time", "Planned", "Without sessions that did not run", "Received")


@dataclass(frozen=True, slots=True)
class ShownView:
    """A view in words: whose and when, what was said, and whether it was worth it (empty: not asked)."""

    whose: str
    said: str
    worth: str


@dataclass(frozen=True, slots=True)
class ShownSupport:
    """One line that a pupil is in, in words. What is empty is not known, or is not so."""

    line: str
    name: str
    under: str
    when: str
    given: str
    where: str
    hours: str
    cost: str
    rates: str
    missing: str
    claim: str
    intended: str
    outcome: str
    review: str
    views: tuple[ShownView, ...]


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year in words. `kinds` is the table of hours by kind of time, its total last; `short` says the year in a line."""

    start: int
    words: str
    short: str
    cards: tuple[Card, ...]
    supports: tuple[ShownSupport, ...]
    kinds: tuple[tuple[str, ...], ...]
    section_f: str
    attendance: str
    views: tuple[ShownView, ...]


def shown_year(year: PupilYear, group_words: str) -> ShownYear:
    """`group_words`: what the pupil's year group of that year is called."""
    costs = apportion([each.cost for each in year.supports], half_up(year.cost))
    claims = _claims(year)
    supports = tuple(_support(*each) for each in zip(year.supports, costs, claims, strict=True))
    said = [each for each in (group_words, year.status.words, year.need) if each]
    number = len(year.supports)
    made = f"{number} {'line' if number == 1 else 'lines'} of the map"
    return ShownYear(
        start=year.start, words=year.words, short=", ".join([*said, f"{made}, {pounds(half_up(year.cost))}" if number else "nothing on the map"]),
        cards=_cards(year, made), supports=supports, kinds=_kinds(year), section_f=_section_f(year),
        attendance="" if year.attendance is None else percent_words(year.attendance),
        views=tuple(_view(each, "") for each in year.views),
    )  # fmt: skip


def received_words(received: Received) -> str:
    """Such as "13 hours 30 minutes, estimated"; what is not shown is said, and is never nought."""
    if received.hours is None:
        return received.how.words
    return f"{_hours(received.hours)}, {received.how.words}"


def _hours(hours: Fraction) -> str:
    return hours_and_minutes(hours * 60)


def _cards(year: PupilYear, made: str) -> tuple[Card, ...]:
    if not year.supports:
        return ()
    state = "Estimated" if any(each.estimated for each in year.supports) else "Confirmed"
    rates = dict.fromkeys(words for each in year.supports for words in each.methods)
    missing = dict.fromkeys(role for each in year.supports for role in each.rate_missing)
    without = f". Without time that has no rate: {', '.join(missing)}" if missing else ""
    cost = f"{state}. Made of {made}{without}. Rates: {'; '.join(rates) or 'none'}"
    claim = "What the authority’s rules accept, on its rates" if year.claim is not None else NOT_CLAIMED
    return (
        ("Share of cost in the year", pounds(half_up(year.cost)), cost),
        ("On the claim view", "Nothing" if year.claim is None else pounds(half_up(year.claim)), claim),
        ("Planned", _hours(year.planned), f"{_run_words(year.planned, year.run)}. Of {made}"),
        ("Received", _received_card(year.received), _received_note(year)),
    )


def _run_words(planned: Fraction, run: Fraction) -> str:
    if run == planned:
        return "No sessions are recorded as not run"
    return f"{_hours(run)} without the sessions that did not run"


def _received_card(received: Received) -> str:
    return "Not shown" if received.hours is None else _hours(received.hours)


def _received_note(year: PupilYear) -> str:
    """How it is known, and of which lines it is not."""
    attendance = f" × attendance of {percent_words(year.attendance)}" if year.attendance is not None else ""
    how = {
        How.RECORDED: "Recorded: from sessions that were logged",
        How.ESTIMATED: f"Estimated: hours that ran{attendance}",
        How.NOT_SHOWN: "Neither attendance nor sessions received are entered",
    }[year.received.how]
    if year.received.how is How.ESTIMATED and any(each.received.how is How.RECORDED for each in year.supports):
        how += ", or sessions that were logged"
    left_out = ", ".join(each.name for each in year.not_shown)
    return f"{how}. Not shown to be received, and not in it: {left_out}" if left_out and year.received.hours else how


def _claims(year: PupilYear) -> list[int | None]:
    """Each line's part of the claim before caps, in whole pence that add up."""
    known = [each.on_claim for each in year.supports if each.on_claim is not None]
    caps = add_up(known) - (year.claim or 0)
    pence = iter(apportion([*known, -caps], half_up(year.claim or Fraction(0))))
    return [None if each.on_claim is None else next(pence) for each in year.supports]


def _support(each: Support, cost: int, claim: int | None) -> ShownSupport:
    state = ", estimated" if each.estimated else ""
    missing = f"No rate for {', '.join(each.rate_missing)}: time without a rate is not in the cost"
    return ShownSupport(
        line=each.line, name=each.name, under=", ".join(filter(None, (each.kind.words, each.programme if each.programme != each.name else "", each.need))),
        when=_when(each), given=_given(each), where=_where(each), hours=_hours_words(each),
        cost=f"{pounds(cost)}{state}; {each.basis.words}", rates="; ".join(each.methods),
        missing=missing if each.rate_missing else "", claim=NOT_CLAIMED if claim is None else pounds(claim),
        intended=each.intended, outcome=RESULT_WORDS[each.result], review=_review(each),
        views=tuple(_view(view, each.lesson if each.withdrawn else "") for view in each.views),
    )  # fmt: skip


def _when(each: Support) -> str:
    days = [(day.month, day.day) for day in (each.first, each.last)]
    return "The whole year" if days == [(9, 1), (8, 31)] else f"{day_words(each.first)} to {day_words(each.last)}"


def _given(each: Support) -> str:
    group = "for this pupil alone" if each.group == 1 else f"in a group of {each.group}"
    return f"{' and '.join(each.given_by)}, {group}" if each.given_by else f"Nobody is entered; {group}"


def _where(each: Support) -> str:
    if not each.withdrawn:
        return "In class"
    lesson = f", from {each.lesson}" if each.lesson else ""
    return f"Out of class{lesson}{': ' if each.withdrawn_why else ''}{each.withdrawn_why}"


def _hours_words(each: Support) -> str:
    if not each.planned:
        return "No sessions are planned while the pupil is in it"
    lost = "" if each.run == each.planned else f"; {_run_words(each.planned, each.run)}"
    return f"{_hours(each.planned)} planned{lost}; {_received(each.received)}"


def _received(received: Received) -> str:
    if received.hours is None:
        return received.how.words
    return f"{_hours(received.hours)} received ({received.how.words})"


def _review(each: Support) -> str:
    if not each.decision and not each.reviewed_on:
        return ""
    when = f" on {day_words(each.reviewed_on)}" if each.reviewed_on else ""
    by = f" by {each.reviewed_by}" if each.reviewed_by else ""
    why = f": {each.because}" if each.because else ""
    return f"Reviewed{when}{by}. {each.decision}{why}" if each.decision else f"Reviewed{when}{by}"


def _view(view: View, lesson: str) -> ShownView:
    question = f"Was it worth missing {lesson} for?" if lesson else "Was it worth it?"
    worth = "" if view.worth_it is None else f"{question} {'Yes' if view.worth_it else 'No'}"
    return ShownView(f"{view.voice.words}, {day_words(view.on)}", view.said, worth)


def _kinds(year: PupilYear) -> tuple[tuple[str, ...], ...]:
    """Hours by kind of time; whole minutes that add up to the total beneath them."""
    if not year.supports:
        return ()
    kinds = list(year.by_kind.items())
    planned = _minutes([add_up(each.planned for each in its) for _, its in kinds])
    run = _minutes([add_up(each.run for each in its) for _, its in kinds])
    received = [total_received(its) for _, its in kinds]
    shown = iter(_minutes([each.hours for each in received if each.hours is not None]))
    cells = [_cell(each, None if each.hours is None else next(shown)) for each in received]
    rows = [(kind.words, hours_and_minutes(Fraction(a)), hours_and_minutes(Fraction(b)), c) for (kind, _), a, b, c in zip(kinds, planned, run, cells, strict=True)]  # fmt: skip
    return (*rows, ("All of them", _hours(year.planned), _hours(year.run), received_words(year.received)))


def _minutes(hours: Sequence[Fraction]) -> list[int]:
    return apportion([each * 60 for each in hours])


def _cell(received: Received, minutes: int | None) -> str:
    return received.how.words if minutes is None else f"{hours_and_minutes(Fraction(minutes))}, {received.how.words}"


def _section_f(year: PupilYear) -> str:
    """Section F beside what is planned and received; empty where its hours are not known."""
    if year.asked is None:
        return ""
    run = f", {_run_words(year.planned, year.run)}" if year.run != year.planned else ""
    asks = f"Section F asks for {_hours(year.asked)} in the year. The map plans {_hours(year.planned)}{run}."
    if year.received.hours is None:
        return f"{asks} It is not shown how many were received."
    return f"{asks} Received: {received_words(year.received)}{', as far as it is shown' if year.not_shown else ''}."

"""Says what a pack shows and in which order: one list of parts, from which page and PDF are both made.

The full version is here; what a parent reads is in `pack_for_parent`.
"""

from collections.abc import Iterable, Iterator

from vfm.documents.pack_for_parent import parent_sections
from vfm.documents.pdf.parts import Heading, Items, Part, Table, Terms, Text
from vfm.documents.plan import Section
from vfm.documents.said import NOT_ADVICE, basics, begun, day, days, hours_received, lines, one_or_more, pack_title
from vfm.plan.pack import Pack, Reader, Repeated, Saying, Supported, YearOfPack
from vfm.plan.pack_costs import IN_THE_TOTAL
from vfm.value.repeats import HEADINGS

WHOLE_YEAR = (
    "Hours planned and run, and cost, are those of the whole year as it is known so far. Hours received are given only for "
    "support that is over, or whose sessions are logged."
)
NOTHING_KNOWN = "No provision for this pupil is entered on the school’s provision maps for these years."


def title(pack: Pack) -> str:
    """The title of the document."""
    return pack_title(pack)


def sections(pack: Pack) -> list[Section]:
    """The whole pack in reading order, as its reader should read it."""
    if pack.reader is Reader.PARENT:
        return parent_sections(pack)
    made = (
        ("pack", _first(pack)),
        ("summary", _summary(pack)),
        *((f"year-{year.first.year}", _year(pack, year)) for year in pack.years if not empty(year)),
        ("not-recorded", _not_recorded(pack)),
        ("method", _method(pack)),
    )
    return [Section(anchor, tuple(parts)) for anchor, each in made if (parts := list(each))]


def empty(year: YearOfPack) -> bool:
    """Whether nothing is entered of a year."""
    return not (year.supports or year.views or year.meetings)


def _first(pack: Pack) -> Iterator[Part]:
    yield Heading(1, pack_title(pack), "pack")
    yield Text(pack.school, "lead")
    yield Text(NOT_ADVICE, "strong")
    yield Terms(
        tuple(pair for pair in (*basics(pack), ("Made by", pack.made_by), ("Questions to", begun(pack.ask))) if pair[1])
    )
    yield Text(
        "This pack is about one pupil. Other pupils are given as a number, and staff by their role. Words that people wrote "
        "stand as they were written, but where they named another pupil “another pupil” stands instead, and where they "
        "named a member of staff the role."
    )


def _summary(pack: Pack) -> Iterator[Part]:
    yield Heading(2, "Summary", "summary")
    if not any(year.supports for year in pack.years):
        yield Text(NOTHING_KNOWN)
        return
    yield Text(_in_a_sentence(pack))
    for year in pack.years:
        if not year.ended and year.supports:
            yield Text(f"{year.words} had not ended on the day of this pack. {WHOLE_YEAR}")
    yield Table(
        "Support year by year, the newest first",
        ("Year", "Status and need", "Planned", "Received", "Section F"),
        (*(_summed(year) for year in pack.years), ("All years", "", pack.hours.planned, hours_received(pack.hours), "")),
        (21, 23, 17, 22, 17), total_row=True, whole=True,
    )  # fmt: skip
    if pack.with_cost:
        yield Table(
            "Cost year by year", ("Year", "Cost of this pupil’s part"),
            (*((_named(year), year.cost) for year in pack.years), ("All years", pack.cost)),
            (60, 40), frozenset({1}), total_row=True, whole=True,
        )  # fmt: skip
        if pack.cost_apart:
            yield Text(_cost_apart(pack), "note")


def _in_a_sentence(pack: Pack) -> str:
    years = [year for year in pack.years if year.supports]
    count = sum(len(year.supports) for year in years)
    said = (
        f"In {one_or_more(len(years), 'academic year')} the school’s provision maps hold {one_or_more(count, 'support')} "
        f"for this pupil: {pack.hours.planned} planned, {pack.hours.run} run."
    )
    if pack.hours.received:
        return f"{said} Received, as far as it is shown: {pack.hours.received}, {pack.hours.how}."
    return f"{said} It is not shown how many of these hours the pupil received."


def _cost_apart(pack: Pack) -> str:
    """Why some costs stand only in a total."""
    shown = (
        f"“{IN_THE_TOTAL}”: the cost of a group of two is given only together with other costs"
        if "£" in pack.cost
        else "The cost is not given here: it is that of a group of two"
    )
    return f"{shown}, since by itself it could show what the other pupil’s part was."


def _named(year: YearOfPack) -> str:
    return lines(year.words, year.year_group)


def _summed(year: YearOfPack) -> tuple[str, ...]:
    return (
        _named(year), lines(year.status, year.need), year.hours.planned, hours_received(year.hours),
        year.asked or "Not recorded",
    )  # fmt: skip


def _year(pack: Pack, year: YearOfPack) -> Iterator[Part]:
    yield Heading(2, ", ".join(part for part in (year.words, year.year_group) if part), f"year-{year.first.year}")
    about = (
        ("SEN status", year.status),
        ("Primary need", year.need),
        ("Hours in Section F of the EHC plan", year.asked),
        ("Attendance", year.attendance),
    )
    yield Terms(tuple(pair for pair in about if pair[1]))
    if not year.ended and year.supports:
        yield Text(f"This year had not ended on the day of this pack. {WHOLE_YEAR}")
    if year.supports:
        yield _supports(pack, year)
        for support in year.supports:
            yield Heading(3, support.name)
            yield Terms(tuple(pair for pair in _of_support(support) if pair[1]))
    else:
        yield Text("No support for this pupil is on the map of this year.")
    yield from _meetings(year)
    yield from _views(year.views)
    yield from _repeats(pack, year)


def _supports(pack: Pack, year: YearOfPack) -> Table:
    rows = [
        (each.name, each.hours.planned, each.hours.run, hours_received(each.hours), each.cost) for each in year.supports
    ]
    rows.append(("All support", year.hours.planned, year.hours.run, hours_received(year.hours), year.cost))
    headings, widths = ("Support", "Planned", "Ran", "Received", "Cost"), (30, 15, 15, 20, 20)
    columns = 5 if pack.with_cost else 4
    return Table(
        f"Support in {year.words}", headings[:columns], tuple(row[:columns] for row in rows), widths[:columns],
        frozenset({4}) if pack.with_cost else frozenset(), total_row=True, whole=True,
    )  # fmt: skip


def _of_support(each: Supported) -> Iterator[tuple[str, str]]:
    yield "Kind", ". ".join(part for part in (f"{each.kind}, {each.tier}", each.need) if part)
    yield "Programme", each.programme
    yield "Given by", each.given_by or "Not recorded"
    yield "Size of group", "This pupil alone" if each.group == 1 else f"{each.group} pupils, this pupil among them"
    yield "How often", begun(each.how_often)
    yield "When", days(each.first, each.last)
    yield "How the cost of the group is shared", begun(each.shared)
    yield "Not in the cost", f"Time of {', '.join(each.no_rate)}, for which no rate is entered" if each.no_rate else ""
    yield "Cost", "Estimated, in part or whole" if each.estimated else ""
    yield "Outside the classroom", _withdrawn(each)
    yield "What it was meant to achieve", each.intended or "Not recorded"
    yield "Outcome for this pupil", each.outcome
    yield "Review", _reviewed(each)
    for view in each.views:
        yield _voice(view), _said(view)


def _withdrawn(each: Supported) -> str:
    if not each.withdrawn:
        return ""
    missed = f" Lesson missed: {each.lesson}." if each.lesson else ""
    return f"Yes.{missed}{f' Why: {each.withdrawn_why}' if each.withdrawn_why else ''}"


def _reviewed(each: Supported) -> str:
    when = " ".join(
        part for part in (day(each.reviewed_on), f"by {each.reviewed_by}" if each.reviewed_by else "") if part
    )
    decided = ": ".join(part for part in (each.decision, each.because) if part)
    return lines(when, decided) or "No review is recorded"


def _voice(view: Saying) -> str:
    return f"{view.voice}, {day(view.on)}"


def _said(view: Saying) -> str:
    worth = {True: "Worth it: yes.", False: "Worth it: no.", None: ""}[view.worth_it]
    return lines(view.said, worth)


def _meetings(year: YearOfPack) -> Iterator[Part]:
    rows = tuple((lines(day(each.on), each.kind), each.who or "Not recorded", each.agreed) for each in year.meetings)
    if rows:
        yield Heading(3, "Meetings and reviews")
        yield Table(
            f"What was agreed in {year.words}", ("Day and kind", "Who took part", "What was agreed"), rows, (26, 24, 50)
        )


def _views(views: Iterable[Saying]) -> Iterator[Part]:
    pairs = tuple((_voice(view), _said(view)) for view in views)
    if pairs:
        yield Heading(3, "Views on the year")
        yield Terms(pairs)


def _repeats(pack: Pack, year: YearOfPack) -> Iterator[Part]:
    if not year.repeats:
        return
    yield Heading(3, "What is repeated, and why it went on")
    for each in year.repeats:
        later = _told_later(pack, year, each)
        yield Text(f"{each.title}. {each.says}" + (f" The years are listed under {later}." if later else ""))
        if not later and each.rows:
            named = each.says.partition(". ")[0]
            yield Table(f"{each.title}: {named}, up to {year.words}", HEADINGS, each.rows, (18, 30, 20, 32))


def _told_later(pack: Pack, year: YearOfPack, one: Repeated) -> str:
    """The later year, further up in the pack, that lists all the same rows and more."""
    for other in pack.years:
        if other.first > year.first and any(
            same.title == one.title and set(one.rows) <= set(same.rows) for same in other.repeats
        ):
            return other.words
    return ""


def _not_recorded(pack: Pack) -> Iterator[Part]:
    yield Heading(2, "What is not recorded", "not-recorded")
    yield Text(
        "What is not recorded may still have taken place. “Not recorded” is not “no”, and “not shown to be received” is not "
        "“not received”."
    )
    missing = tuple(_missing(pack))
    if missing:
        yield Items(missing)
    if pack.left_out:
        yield Text(f"The school holds records of other years, which are not in this pack: {', '.join(pack.left_out)}.")


def _missing(pack: Pack) -> Iterator[str]:
    for year in pack.years:
        said = [words for count, words in _gaps(year) if count]
        if empty(year):
            yield f"{year.words}: nothing is entered."
        elif said:
            yield f"{year.words}: {'; '.join(said)}."


def _gaps(year: YearOfPack) -> Iterator[tuple[int, str]]:
    def of(number: int) -> str:
        return one_or_more(number, "support")

    outcomes = sum(each.outcome == "Not recorded" for each in year.supports)
    reviews = sum(not (each.reviewed_on or each.decision) for each in year.supports)
    rates = sum(bool(each.no_rate) for each in year.supports)
    yield year.not_shown, f"hours received of {of(year.not_shown)}"
    yield outcomes, f"the outcome of {of(outcomes)}"
    yield reviews, f"a review of {of(reviews)}"
    yield rates, f"a rate for part of {of(rates)}"
    yield not year.meetings, "any meeting"
    yield not (year.views or any(each.views for each in year.supports)), "the views of pupil and parent"
    yield not year.asked and year.status == "EHC plan", "the hours in Section F of the plan"


def _method(pack: Pack) -> Iterator[Part]:
    yield Heading(2, "What the figures mean", "method")
    yield Items(tuple(_meanings(pack)))
    yield Text(NOT_ADVICE, "strong")


def _meanings(pack: Pack) -> Iterator[str]:
    yield (
        "Planned: contact hours on the provision map while this pupil was in the group. For a year that has not ended they "
        "are those of the whole year, and so are the hours that ran and the cost."
    )
    yield "Ran: the planned hours without sessions that are known not to have run."
    yield (
        "Received: “recorded” where the school logged the sessions that the pupil came to; “estimated” where it did not, and "
        "the hours that ran were multiplied by the pupil’s attendance; “not shown to be received” where neither is known; “not "
        "ended yet” where the support goes on after the day of this pack and its sessions are not logged."
    )
    yield (
        "Section F: the hours that the pupil’s EHC plan asks for. The school records them as the plan says now, so they stand "
        "with the present year only. They are set beside the hours of the map, not matched with them line by line."
    )
    yield "Status and need are those at the end of each year, or on the day of this pack; the need is known of the present year only."
    if pack.with_cost:
        yield from _meanings_of_cost(pack)
    yield "Hours are rounded to the minute and money to the penny, so that the parts of a table add up to its total."


def _meanings_of_cost(pack: Pack) -> Iterator[str]:
    yield (
        "Cost: this pupil’s part of what the support cost, staff time and other costs together, at the rates of the day on which "
        "each hour was given. What an absence cost is not taken off."
    )
    yield (
        "The cost of a group is shared among its pupils: by the sessions of each, unless the support says otherwise. The "
        "whole cost of a group, and the part of any other pupil, are not given."
    )
    if pack.methods:
        yield f"Rates used: {'; '.join(pack.methods)}. Nobody’s pay was used where it could be read from a rate."
    yield "A cost says what provision took. It is not a sum that is owed to a pupil, or that a school must spend first."

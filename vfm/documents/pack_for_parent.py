"""The pack as a parent reads it: plain words, short sentences, and every word of the trade with its meaning."""

import re
from collections.abc import Iterable, Iterator, Sequence

from vfm.documents.pdf.parts import Heading, Items, Part, Table, Terms, Text
from vfm.documents.plan import Section
from vfm.documents.said import NOT_ADVICE, basics, begun, day, days, lines, one_or_more, pack_title
from vfm.plan.pack import Hours, Pack, Saying, Supported, YearOfPack
from vfm.plan.pack_make import NOT_ENDED

STATUSES = {
    "No SEN": "Your child {is} not listed as having special educational needs (SEN).",
    "SEN Support": "Your child {is} on SEN Support. This means extra help that the school plans and reviews with you.",
    "EHC plan": (
        "Your child {has} an education, health and care plan (EHC plan). This is a legal document. It says what your child needs "
        "and what help must be given."
    ),
}
NOW, THEN = {"is": "is", "has": "has"}, {"is": "was", "has": "had"}
AREAS = {
    "Communication and interaction": "talking, understanding, and getting on with others", "Cognition and learning": "learning",
    "Social, emotional and mental health": "feelings, friendships and mental health",
    "Sensory and physical": "hearing, seeing or moving", "More than one area": "more than one kind of need",
}  # fmt: skip
TRADE = {
    "SENCO": "the teacher who is in charge of help for special educational needs (SEN)",
    "TA": "teaching assistant", "HLTA": "higher level teaching assistant, who may also teach",
    "LSA": "learning support assistant", "ELSA": "a member of staff who is trained to help with feelings",
    "SALT": "speech and language therapy, or the person who gives it", "EP": "educational psychologist",
    "EHC": "education, health and care", "IEP": "a plan for one child", "SLT": "the head and the other leaders of the school",
}  # fmt: skip
"""Words of the trade that a parent may meet, with their meaning; only those that stand in the pack are explained."""
KINDS = {
    "Intervention": "Extra teaching", "Support in class": "Help in class", "Personal care": "Help with personal care",
    "Lunchtime support": "Help at lunchtime", "Review meeting": "Time for review meetings",
    "Meeting with agencies": "Meetings with people from outside the school", "Help with a move": "Help with a move to a new class or school",
    "Access to examinations": "Help in tests and exams",
}  # fmt: skip
OUTCOMES = {
    "Outcome met": "The aim was met.", "Partly met": "The aim was partly met.", "Not met": "The aim was not met.",
    "Not recorded": "We have not written this down yet.",
}  # fmt: skip
VOICES = {"The pupil": "What your child said", "A parent or carer": "What you said"}


def parent_sections(pack: Pack) -> list[Section]:
    """The whole pack in reading order."""
    made = (
        ("pack", _first(pack)),
        ("short", _in_short(pack)),
        *((f"year-{year.first.year}", _year(pack, year)) for year in pack.years if _known(year)),
        ("words", _words(pack)),
        ("ask", _ask(pack)),
    )
    return [Section(anchor, tuple(parts)) for anchor, each in made if (parts := list(each))]


def _known(year: YearOfPack) -> bool:
    return bool(year.supports or year.views or year.meetings)


def _first(pack: Pack) -> Iterator[Part]:
    yield Heading(1, pack_title(pack), "pack")
    yield Text(pack.school, "lead")
    yield Text("This tells you what extra help your child has had at school, what it was for, and what came of it.")
    yield Text(NOT_ADVICE, "strong")
    yield Terms(tuple((term, words) for term, words in basics(pack) if words and term != "Cost"))
    yield Text(
        "It is about your child only. We do not name other children. We say what job a member of staff does, not their name."
    )


def _in_short(pack: Pack) -> Iterator[Part]:
    yield Heading(2, "In short", "short")
    newest = next((year for year in pack.years if year.supports), None)
    if newest is None:
        yield Text(
            "We have not written down any extra help for your child in these years. If your child had help, please tell us."
        )
        return
    yield Text(f"In {_called(newest)} your child {'has' if newest is pack.years[0] else 'had'} this help:")
    yield Items(tuple(f"{each.name}: {_kind(each)}, {_with_others(each)}." for each in newest.supports))
    headings, widths = ("School year", "Help planned", "Help your child got", "What it cost"), (28, 24, 28, 20)
    columns = 4 if pack.with_cost else 3
    rows = [(_short(year), year.hours.planned, _got(year.hours), year.cost) for year in pack.years if year.supports]
    rows.append(("All years", pack.hours.planned, _got(pack.hours), pack.cost))
    yield Table(
        "Help in each school year", headings[:columns], tuple(row[:columns] for row in rows), widths[:columns],
        frozenset({3}) if pack.with_cost else frozenset(), total_row=True, whole=True,
    )  # fmt: skip
    if pack.cost_apart:
        yield Text(
            "We do not show the cost of help for two children by itself. It could tell you about the other child.",
            "note",
        )


def _called(year: YearOfPack) -> str:
    return f"{year.year_group} ({year.words})" if year.year_group else f"the school year {year.words}"


def _short(year: YearOfPack) -> str:
    return lines(year.words, year.year_group)


def _got(hours: Hours) -> str:
    if not hours.received:
        return "Not over yet" if hours.how == NOT_ENDED else "We cannot show this"
    return f"About {hours.received}" if hours.how == "estimated" else hours.received


def _kind(each: Supported) -> str:
    kind = KINDS.get(each.kind, each.kind)
    return f"{kind[:1].lower()}{kind[1:]}"


def _with_others(each: Supported) -> str:
    return "on their own" if each.group == 1 else f"with {one_or_more(each.group - 1, 'other pupil')}"


def _year(pack: Pack, year: YearOfPack) -> Iterator[Part]:
    heading = f"{year.year_group}: {year.words}" if year.year_group else f"School year {year.words}"
    yield Heading(2, heading, f"year-{year.first.year}")
    tense = NOW if year.first <= pack.made_on <= year.last else THEN
    need = f" The main need {tense['is']}: {year.need}." if year.need else ""
    yield Text(STATUSES.get(year.status, year.status).format(**tense) + need)
    if not year.ended and year.supports:
        yield Text("This school year is not over yet. The time planned is for the whole year.")
    if year.asked:
        yield Text(f"Section F is the part of the EHC plan that lists the help. It asks for {year.asked} in this year.")
    for each in year.supports:
        yield Heading(3, each.name)
        yield Terms(tuple(pair for pair in _of_support(each) if pair[1]))
    if year.meetings:
        yield Heading(3, "Meetings about your child")
        yield Terms(tuple((f"{each.kind}, {day(each.on)}", _meeting(each.who, each.agreed)) for each in year.meetings))
    if year.views:
        yield Heading(3, "What you and your child said about the year")
        yield Terms(tuple(_said(year.views)))
    if not (year.views or any(each.views for each in year.supports)):
        yield Text("We have not written down what you or your child think about this year. Please tell us.")


def _meeting(who: str, agreed: str) -> str:
    return lines(f"Who was there: {who}." if who else "", f"What was agreed: {agreed}")


def _of_support(each: Supported) -> Iterator[tuple[str, str]]:
    yield (
        "What help",
        f"{KINDS.get(each.kind, each.kind)}." + (f" It is for {AREAS.get(each.need, each.need)}." if each.need else ""),
    )
    yield "How often", f"{begun(each.how_often)}." if each.how_often else ""
    yield "When", f"{days(each.first, each.last)}. {each.hours.planned} were planned."
    yield "How much your child got", _received(each.hours)
    yield "With how many others", f"{begun(_with_others(each))}."
    yield "Who gave it", each.given_by
    yield "What for", each.intended or "We have not written this down."
    yield "What came of it", OUTCOMES.get(each.outcome, each.outcome)
    yield "What was decided", ": ".join(part for part in (each.decision, each.because) if part)
    yield "Lessons", _lessons(each)
    yield "What it cost", f"{each.cost} for your child’s part." if "£" in each.cost else each.cost
    yield from _said(each.views)


def _received(hours: Hours) -> str:
    if hours.how == NOT_ENDED:
        return "This help is not over yet."
    if not hours.received:
        return "We did not write down each session, so we cannot show how much your child got."
    if hours.how == "recorded":
        return f"{hours.received}. We wrote down each session that your child came to."
    return f"About {hours.received}. We worked this out from how often your child was at school."


def _lessons(each: Supported) -> str:
    if not each.withdrawn:
        return ""
    missed = f" Your child missed: {each.lesson}." if each.lesson else ""
    why = f" Why: {each.withdrawn_why}" if each.withdrawn_why else ""
    return f"This help was outside the classroom.{missed}{why}"


def _said(views: Iterable[Saying]) -> Iterator[tuple[str, str]]:
    for view in views:
        worth = {True: "It was worth it.", False: "It was not worth it.", None: ""}[view.worth_it]
        yield f"{VOICES.get(view.voice, view.voice)}, {day(view.on)}", lines(view.said, worth)


def _words(pack: Pack) -> Iterator[Part]:
    yield Heading(2, "What our words mean", "words")
    yield Items(tuple(_meanings(pack)))


def _meanings(pack: Pack) -> Iterator[str]:
    supports: Sequence[Supported] = [each for year in pack.years for each in year.supports]
    yield "Planned: the time that the school set aside for the help your child was part of."
    if any(each.hours.how == "estimated" for each in supports):
        yield "About: we did not count each session. We took the sessions that ran, and how often your child was at school."
    if any(each.hours.how == "not shown to be received" for each in supports):
        yield "“We cannot show this” does not mean that your child got no help. It means that we did not write it down."
    if pack.with_cost:
        yield "What it cost: your child’s part of what the school spent. When help is for a group, the group shares the cost."
    for word, meaning in TRADE.items():
        if re.search(rf"\b{word}s?\b", _everything(pack)):
            yield f"{word}: {meaning}."
    if pack.left_out:
        yield f"We also have records of other school years. They are not in this pack: {', '.join(pack.left_out)}."


def _everything(pack: Pack) -> str:
    """What people wrote in it, where words of the trade may stand."""
    found = [_asked(pack)]
    for year in pack.years:
        found += [words for each in year.meetings for words in (each.kind, each.who, each.agreed)]
        found += [words for each in year.supports for words in (each.name, each.given_by, each.intended, each.because)]
    return "\n".join(found)


def _asked(pack: Pack) -> str:
    return pack.ask.rstrip(".") or "the SENCO"


def _ask(pack: Pack) -> Iterator[Part]:
    yield Heading(2, "Who to ask", "ask")
    yield Text(f"If something is wrong or missing, or you want to talk about it, please ask: {_asked(pack)}.")
    yield Text(
        "You can also get free advice from people who do not work for the school. Your council’s website lists this service under SENDIASS."
    )

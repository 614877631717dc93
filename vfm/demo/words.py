"""Words for made-up schools: names from many languages, and notes of which no two are alike."""

import random
from collections.abc import Iterator

from vfm.answers import Choice
from vfm.questions.bank import Question

FIRST = (
    "Siân", "Oluwaseun", "Zofia", "Mohammed", "Aoife", "Nguyễn", "Łukasz", "Chloe", "Özgür", "Amara", "Ioan", "Μαρία",
    "Оксана", "مريم", "Harpreet", "Tomás", "Freya", "Yusuf", "Élodie", "Kwame", "Anneliese", "Diego", "Fatima", "Rhys",
    "Ngozi", "Béla", "Saoirse", "Ravi", "Ingrid", "Malik", "Ewa", "Callum", "Thandiwe", "Jürgen", "Leila", "Owen",
    "Xiùlì", "Abdi", "Matilda", "Søren", "Priya", "Caleb", "Zainab", "Iolo", "Renée", "Hamza", "Grace", "Dimitar",
    "Keziah", "Arjun", "Núria", "Toby", "Halima", "Gethin", "Sofía", "Jaden", "Miriam", "Piotr", "Esme", "Ibrahim",
)  # fmt: skip
LAST = (
    "Ŵyn", "Adeyemi", "Kowalczyk", "Iqbal", "Ní Bhriain", "Trần", "Wójcik", "Baker", "Yılmaz", "Okafor", "Popescu",
    "Papadopoulou", "Шевченко", "حسن", "Gill", "O'Connor", "Lindqvist", "Demir", "Lefèvre", "Mensah", "Fischer",
    "Álvarez", "Rahman", "Prosser", "Eze", "Szabó", "Murphy", "Patel", "Haugen", "Diallo", "Nowak", "Reid", "Nkosi",
    "Krüger", "Karimi", "Howell", "Chén", "Warsame", "Thorne", "Jørgensen", "Nair", "Whitlock", "Begum", "Gruffydd",
    "Beauvais", "Siddiqui", "Ashworth", "Petrov", "Brathwaite", "Sharma",
)  # fmt: skip
WHO = (
    "The SENCO and the business manager", "The head", "The leadership team", "The SENCO", "Two class teachers",
    "The governor for SEN and the SENCO", "The office", "The deputy head", "The finance committee", "The inclusion team",
)  # fmt: skip
SAW = {
    Choice.YES: (
        "found it in order", "saw it at work in three classes", "checked it line by line", "compared it with last year's",
        "found the records complete",
    ),
    Choice.IN_PART: (
        "found some of it in place", "saw it in two year groups and not in the others", "found gaps since the spring",
        "could show it for half of the cases", "found that it depends on who is asked",
    ),
    Choice.NO: (
        "found nothing written down", "could not find when it was last done", "found that nobody has it as a task yet",
        "saw that it stopped when a colleague left", "looked and found only an old draft",
    ),
    Choice.NOT_APPLICABLE: ("looked at whether it applies here",),
}  # fmt: skip
NEXT = (
    "We come back to it before the autumn census.", "The governors hear about it in the spring.", "It is on the next agenda.",
    "The papers are with the office.", "A second look is planned after half-term.", "The staff meeting will take it up.",
    "Parents asked about it too.", "It takes about an hour a term.",
)  # fmt: skip


def names(chance: random.Random, how_many: int) -> list[str]:
    """Names of which no two are the same."""
    found: dict[str, None] = {}
    while len(found) < how_many:
        found[f"{chance.choice(FIRST)} {chance.choice(LAST)}"] = None
    return list(found)


def notes(chance: random.Random) -> Iterator[str]:
    """Days on which somebody looked at something, never twice the same."""
    days = [f"{day} {month}" for month in ("September", "October", "November") for day in range(1, 29)]
    chance.shuffle(days)
    while True:
        yield from days
        days = [f"{day}, again" for day in days]


def note_for(question: Question, choice: Choice, day: str, chance: random.Random) -> str:
    """What a person might write beside an answer."""
    topic = question.topic[0].lower() + question.topic[1:]
    return f"{chance.choice(WHO)} looked at this on {day} ({topic}) and {chance.choice(SAW[choice])}. {chance.choice(NEXT)}"

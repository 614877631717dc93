"""Which of the school's roles the words of a sheet mean, and what an hour of each costs where the sheet says it.

Roles of the school are known by their names. Any other word is asked about: what it is usually short for is chosen
beforehand; it may become a role of its own, at the hourly rate that stands in the sheet.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from vfm.costing.role_words import TEACHERS, role_key, spelt_out, suggested
from vfm.money import in_pence
from vfm.sheets.preview import Asked, joined, rows_words

Rates = Mapping[str, Mapping[Decimal, Sequence[int]]]
"""The sheet's hourly rates, in pounds, by key of the role, with the rows in which they stand."""
NEW = "new"
SOURCE = "rate_source"
"""The name of the question whether the sheet's rates are made from particular people's pay."""
FROM_PEOPLE = (
    "The sheet’s rates come from what particular people are paid, so they are not brought in: enter them under Staff roles and "
    "rates, where it is asked from how many people’s pay each is made"
)
MOST_ASKED, MOST_ROWS, LONGEST_KEY = 15, 3, 100


class Roles:
    """The school's roles by id, and what has been answered about the words of a sheet."""

    def __init__(self, ours: Mapping[str, str], answers: Mapping[str, str]) -> None:
        self.ours, self.answers = ours, answers
        self.names = list(ours.values())
        self.known = {name.casefold(): name for name in self.names}

    def key(self, word: str) -> str:
        """What the words that mean one role have in common."""
        return self.known[word.casefold()].casefold() if word.casefold() in self.known else role_key(word)

    def question(self, word: str) -> str:
        """The name of the question about a word."""
        return f"role_{'-'.join(role_key(word).split())}"[:LONGEST_KEY]

    def answer(self, word: str) -> str:
        """A role's id or new, as answered; else what is probably meant."""
        given = self.answers.get(self.question(word), "")
        fits = given in self.ours or given.partition(":")[0] == NEW
        return given if fits else suggested(word, self.ours)

    def settled(self, word: str) -> str:
        """The name of the role that a word means: one of the school's, or the one that it will become."""
        known = self.known.get(word.casefold())
        return known or self.ours.get(self.answer(word), "") or self.made_of(word)

    def made_of(self, word: str) -> str:
        """What a new role for a word is called: spelt out, unless the school has a role of that name."""
        name = spelt_out(word)
        return word if name.casefold() in self.known else name

    def unknown(self, words: Iterable[str]) -> list[str]:
        """Words that are no role of the school, one for each role that is meant, in order of appearance."""
        unknown = {role_key(word): word for word in reversed([*words]) if word.casefold() not in self.known}
        return list(reversed(unknown.values()))


class RoleQuestions:
    """What is asked about the roles of one sheet, and what follows from the answers."""

    def __init__(self, roles: Roles, words: Iterable[str], rates: Rates, unrated: Iterable[str]) -> None:
        every = list(dict.fromkeys(words))
        self.roles, self.rates = roles, rates
        self.unknown = roles.unknown(every)
        self.names = {roles.key(word): roles.settled(word) for word in every}
        self.unrated = {name for name in unrated if name in self.names.values() and self.rates_of(name)}
        self.written = {
            key: list(dict.fromkeys(word for word in every if role_key(word) == key))
            for key in map(role_key, self.unknown)
        }

    def rates_of(self, name: str) -> dict[Decimal, list[int]]:
        """The sheet's rates of a role, under whatever words, the usual one first."""
        found: dict[Decimal, list[int]] = {}
        for key, rates in self.rates.items():
            if self.names.get(key) == name:
                for rate, rows in rates.items():
                    found.setdefault(rate, []).extend(rows)
        return dict(sorted(found.items(), key=lambda each: -len(each[1])))

    def asked(self) -> list[Asked]:
        """A question for each unknown word, and for each role without a rate for which the sheet has one."""
        asked = [self._asked(word) for word in self.unknown[:MOST_ASKED]]
        return asked + [self._rate_asked(name) for name in sorted(self.unrated)]

    @property
    def takes_rates(self) -> bool:
        """Whether a rate of the sheet was chosen, so that it must be said where it comes from."""
        every = [*(self._answer(word) for word in self.unknown), *(self._rate_answer(name) for name in self.unrated)]
        return any(_rate_in(answer) is not None for answer in every)

    def new(self) -> dict[str, Decimal | None]:
        """Roles that are to be made, each with its rate in pounds an hour, if one is chosen."""
        made: dict[str, Decimal | None] = {}
        for word in self.unknown:
            answer = self._answer(word)
            if answer.startswith(NEW) or not answer:
                made.setdefault(self.roles.settled(word), self._taken(answer))
        return made

    def rated(self) -> dict[str, Decimal]:
        """Roles of the school without a rate that take the sheet's."""
        chosen = {name: self._taken(self._rate_answer(name)) for name in self.unrated}
        return {name: rate for name, rate in chosen.items() if rate is not None}

    def _taken(self, answer: str) -> Decimal | None:
        """The rate that was chosen, unless it is made from what particular people are paid: that is entered elsewhere."""
        return None if self.roles.answers.get(SOURCE) == "yes" else _rate_in(answer)

    def teachers(self) -> set[str]:
        """Those of the new roles that are teaching posts."""
        return {name for name in self.new() if spelt_out(name) in TEACHERS}

    def meant(self) -> dict[str, str]:
        """The names of roles by the questions about them."""
        return {self.roles.question(word): self.roles.settled(word) for word in self.unknown}

    def notes(self, rates: Mapping[str, Fraction]) -> list[str]:
        """What becomes of new roles, and where the sheet's rate is not the school's (`rates`: exact pence an hour)."""
        notes = [_new_words(name, rate) for name, rate in self.new().items()]
        notes += [FROM_PEOPLE] if self.takes_rates and self.roles.answers.get(SOURCE) == "yes" else []
        for name in dict.fromkeys(self.names.values()):
            other = {rate: rows for rate, rows in self.rates_of(name).items() if in_pence(rate) != rates.get(name)}
            if name in rates and other:
                notes.append(
                    f"The sheet has {_rates_words(other)} an hour for {name}; yours is {_pounds(rates[name] / 100)}, which is used"
                )
        return notes

    def _answer(self, word: str) -> str:
        """As answered, else as suggested, else a new role at the rate that the sheet has most often."""
        several = any(role_key(name).startswith(role_key(word)) for name in self.roles.names)
        usual = "" if several else self._options_new(word)[-1][0]
        return self.roles.answer(word) or usual

    def _options_new(self, word: str) -> list[tuple[str, str]]:
        name = self.roles.made_of(word)
        rates = self.rates.get(role_key(word), {})
        usual_last = sorted(rates.items(), key=lambda each: len(each[1]))
        return [
            (NEW, f"A new role, {name}, without a rate yet"),
            *((f"{NEW}:{rate}", f"A new role, {name}, at {_in_rows(rate, rows)}") for rate, rows in usual_last),
        ]

    def _asked(self, word: str) -> Asked:
        ours = [(key, name) for key, name in self.roles.ours.items()]
        words = joined([f"“{each}”" for each in self.written[role_key(word)]])
        options = (*ours, *self._options_new(word))
        return Asked(
            self.roles.question(word),
            f"The sheet says {words}. Which of your staff roles is it?",
            options,
            self._answer(word),
        )

    def _rate_answer(self, name: str) -> str:
        return self.roles.answers.get(_rate_question(name), "") or f"use:{next(iter(self.rates_of(name)))}"

    def _rate_asked(self, name: str) -> Asked:
        options = [(f"use:{rate}", f"Yes, {_in_rows(rate, rows)}") for rate, rows in self.rates_of(name).items()]
        words = f"{name} has no rate yet, and the sheet has one. Use it?"
        return Asked(
            _rate_question(name), words, (*options, ("no", "No, leave it without a rate")), self._rate_answer(name)
        )


def _rate_question(name: str) -> str:
    return f"rate_{'-'.join(role_key(name).split())}"[:LONGEST_KEY]


def _rate_in(answer: str) -> Decimal | None:
    rate = answer.partition(":")[2]
    return Decimal(rate) if rate else None


def _in_rows(rate: Decimal, rows: Sequence[int]) -> str:
    listed = rows_words(rows) if len(rows) <= MOST_ROWS else f"{len(rows)} rows"
    return f"the sheet’s {_pounds(rate)} an hour ({listed}), estimated"


def _pounds(rate: Decimal | Fraction) -> str:
    """Such as £16.50, or £17.1234."""
    ten_thousandths = int(Fraction(rate) * 10_000 + Fraction(1, 2))
    whole, part = divmod(ten_thousandths, 10_000)
    decimals = f"{part:04d}"
    return f"£{whole:,}.{decimals[:2]}{decimals[2:].rstrip('0')}"


def _rates_words(rates: Mapping[Decimal, Sequence[int]]) -> str:
    return joined(
        [f"{_pounds(rate)} ({len(rows)} {'row' if len(rows) == 1 else 'rows'})" for rate, rows in rates.items()]
    )


def _new_words(name: str, rate: Decimal | None) -> str:
    if rate is None:
        return f"{name} becomes a new role without a rate: its time costs nothing until you enter one"
    return f"{name} becomes a new role at {_pounds(rate)} an hour, estimated until you confirm it"

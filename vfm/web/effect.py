"""What a change of rates would do to the cost of the map, said before it is kept, in the figures of whoever asks."""

from dataclasses import dataclass

from flask import request

from vfm.costing.rates import Card
from vfm.money import pounds
from vfm.store.costed import map_of
from vfm.web.database import db
from vfm.web.permissions import here
from vfm.web.review import review_or_404


@dataclass(frozen=True, slots=True)
class Totals:
    """The map's total in whole pence as it is printed: on the rates that this person may see, and on the authority's.

    The second is None where the authority's card has no rate for any role on the map.
    """

    own: int
    authority: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Two totals that differ, in words, and what is sent back to say that they were seen."""

    before: Totals
    after: Totals
    heading = "This changes what the provision map costs"
    note = "Nothing has been saved yet."

    @property
    def says(self) -> list[str]:
        """A sentence for each of the totals that change."""
        own = _sentence("The provision map", self.before.own, self.after.own)
        theirs = _sentence("On the authority's rates the provision map", self.before.authority, self.after.authority)
        return [sentence for sentence in (own, theirs) if sentence]

    @property
    def confirm(self) -> str:
        """The totals; where a colleague has changed the map meanwhile, they are others, and it is asked again."""
        every = (self.before.own, self.after.own, self.before.authority, self.after.authority)
        return " ".join(str(pence) for pence in every)


def _sentence(what: str, before: int | None, after: int | None) -> str:
    if before == after:
        return ""
    if before is None or after is None:
        return f"{what} would cost {_known(after)} instead of {_known(before)}."
    words = "more" if after > before else "less"
    return f"{what} would cost {pounds(after)} instead of {pounds(before)}: {pounds(abs(after - before))} {words}."


def _known(pence: int | None) -> str:
    return "an amount that is not known" if pence is None else pounds(pence)


def totals_of(year: int) -> Totals | None:
    """The totals as they stand in this transaction; None where there is no map."""
    review = review_or_404(year)
    own = map_of(db(), review, leadership=here().leads)
    if not own.interventions:
        return None
    theirs = map_of(db(), review, card=Card.AUTHORITY)
    return Totals(own.printed_total, theirs.printed_total if theirs.rated else None)


def effect_since(before: Totals | None, year: int) -> Effect | None:
    """What to ask of a change that stands in this transaction; None: nothing changes, or the answer is here."""
    after = totals_of(year)
    if before is None or after is None or before == after:
        return None
    effect = Effect(before, after)
    return None if request.form.get("confirm") == effect.confirm else effect

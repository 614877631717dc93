"""A plan at Oak, as people meet it: answers that call for actions, the plan written from them, and its pages."""

import re

from werkzeug.test import TestResponse

from tests.web.forms import start, words
from tests.world import Visitor, World
from vfm.store.plans import ActionRow
from vfm.store.reviews import review_of
from vfm.store.rows import rows_of

TELL = "Tell the governing body which legal requirement is not yet met, and agree who puts it right and by when."
FIGURE = "Start: send the figure to everybody who needs it, each March."
DUTY = "Start: meet the toy duty and record it in the governors' minutes."
SIGNED = {
    "head_name": "A. Head",
    "head_role": "Head",
    "head_on__day": "1",
    "head_on__month": "3",
    "head_on__year": "2027",
}


class Planning:
    """Leadership at Oak, with two questions answered No and the plan written once."""

    def __init__(self, world: World) -> None:
        self.world, self.head = world, start(world)
        self.home, self.submit = f"{world.home}plan/", f"{world.home}submission/submit"
        self.answer("toy-figure", "no", "Nobody has been told")
        self.answer("toy-duty", "no", "Not minuted")
        self.write()

    def answer(self, question: str, choice: str, note: str = "") -> None:
        page = f"{self.world.home}funding/{question}"
        found = re.search(r'name="version" value="(\d+)"', self.head.get(page).text)
        version = found.group(1) if found else "0"
        assert self.head.send(page, version=version, choice=choice, note=note).status_code == 302

    def write(self, *drop: str) -> TestResponse:
        """Writes the plan (again); what is no longer called for and named here is dropped."""
        page = f"{self.home}write"
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.head.get(self.home + "add").text)
        assert token
        return self.head.client.post(page, data={"csrf_token": token.group(1), "drop": list(drop)})

    def rows(self) -> dict[str, ActionRow]:
        """Every action that ever was, by its key."""
        with self.world.app.extensions["vfm_database"].read() as db:
            review = review_of(db, self.world.school.id, 2026)
            assert review is not None
            return {row.key: row for row in rows_of(db, ActionRow, self.world.school.id, review_id=review.id)}

    def row(self, question: str) -> ActionRow:
        return self.rows()[f"answer:{question}"]

    def page_of(self, question: str) -> str:
        return f"{self.home}{self.row(question).id}"

    def edit(self, question: str, visitor: Visitor | None = None, **more: str) -> TestResponse:
        """Edits an action; what is not said stays as it is kept."""
        row = self.row(question)
        assert row.due is not None
        fields = {"version": str(row.version), "text": row.text, "owner": row.owner, "priority": row.priority}
        fields |= {"due__day": str(row.due.day), "due__month": str(row.due.month), "due__year": str(row.due.year)}
        fields |= {"status": row.status}
        return (visitor or self.head).send(self.page_of(question), **(fields | more))

    def listed(self) -> list[str]:
        """The actions that stand in the plan, in order."""
        page = self.head.get(self.home).text
        return [
            words(text) for text in re.findall(r'<h3[^>]*><a class="govuk-link" href="[^"]+">([^<]*)</a></h3>', page)
        ]

    def send_off(self, **more: str) -> TestResponse:
        return self.head.send(self.submit, **(SIGNED | more))

    def version(self, number: int) -> str:
        """A submitted version as its page."""
        return words(self.head.get(f"{self.world.home}submission/{number}").text)

"""Every form, sent empty and full of rubbish, says what is wrong, keeps what was typed, and leads into the field."""

import pytest

from tests.browser.conftest import Enter
from tests.browser.crawling import walk_links
from tests.browser.forms import faults_of_answer, forms_with_fields, send
from tests.browser.looking import quiet_page
from tests.browser.site import Site

# Who types, and some of the forms that must be found: else the crawl would pass by finding none.
WHO = (
    ("", {"security.login", "security.forgot_password"}),
    ("admin", {"administration.school_add", "administration.invitation_add", "security.change_password"}),
    (
        "head.brannoc",
        {
            "submission.submit",
            "income.add",
            "roles.change",
            "question.answer",
            "intervention.review",
            "terms.change",
            "calendar.add",
            "question.answer?from=quick",
            "quick.three",
        },
    ),
)
# Rubbish is a name like any other for an authority, and would stay; for a reset link any address is answered alike, so
# that nobody learns who has an account.
REMEMBERED = {"administration.authority_add", "security.forgot_password"}


@pytest.mark.parametrize("rubbish", [False, True], ids=["empty", "rubbish"])
@pytest.mark.parametrize(("who", "must_find"), WHO, ids=[who or "nobody" for who, _ in WHO])
def test_every_form_helps_whoever_types_wrong_things(
    site: Site, enter: Enter, who: str, must_find: set[str], rubbish: bool
) -> None:
    page, complaints = quiet_page(enter(who))
    page.on("dialog", lambda dialog: complaints.append(f"a script ran: {dialog.message}"))
    found: dict[str, int] = {}

    def count(kind: str) -> None:
        found[kind] = forms_with_fields(page)

    addresses = walk_links(site, page, count, "/")
    complaints.clear()
    faults = []
    for kind, forms in found.items():
        for place in range(0 if rubbish and kind in REMEMBERED else forms):
            page.goto(addresses[kind])
            answer, typed = send(page, place, rubbish=rubbish)
            faults += [f"{kind} {place}: {fault}" for fault in faults_of_answer(page, answer, typed)]
    assert not faults, "\n".join(faults)
    assert not [each for each in complaints if "status of 400" not in each], complaints
    assert must_find <= {kind for kind, forms in found.items() if forms}

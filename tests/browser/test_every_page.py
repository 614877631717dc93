"""Every kind of page that each role can reach is found good by axe, fits a phone, and breaks no policy."""

import pytest

from tests.browser.conftest import Enter
from tests.browser.crawling import walk_links
from tests.browser.looking import faults_of, quiet_page
from tests.browser.site import Site

# Who looks, and some kinds of page that they must come to: else the crawl would pass by seeing nothing.
WHO = (
    ("", {"information.start", "security.login", "security.forgot_password", "papers.paper", "information.privacy"}),
    (
        "head",
        {
            "submission.submit",
            "submission.read",
            "submission.pdf",
            "plan.change",
            "roles.change",
            "quick.gap",
            "monitoring.overview",
            "monitoring.note",
            "monitoring.pdf",
            "submission.done",
        },
    ),
    (
        "senco",
        {
            "question.answer",
            "question.answer?from=quick",
            "quick.costs",
            "quick.plan",
            "question.ask",
            "review.check",
            "provision-map.change",
            "taking_part.choose",
            "calendar.overview",
            "calendar.change",
            "calendar.remove",
            "calendar.again",
            "terms.change",
            "programmes.same_as",
            "programme_library.choose",
        },
    ),
    ("head.ashdown", {"income.add", "ledger.add", "costs.add", "quick.counts", "paying.shares", "figures.ask"}),
    ("teacher", {"school.reviews", "review.asked", "review.question_set", "account.own"}),
    ("governor", {"school.reviews", "review.asked", "security.change_password"}),
    ("adviser", {"advising.schools", "advising.plan", "advising.plan_pdf"}),
    ("admin", {"administration.overview", "administration.school_add", "administration.invitation_add"}),
)


# Pages that one comes to by sending a form.
BEHIND_FORMS = {
    "head": ("/school/larkfield-primary-school/{}/quick-start/gap", "/school/larkfield-primary-school/{}/submission/1/done"),
}  # fmt: skip
# Pages that are the same for everybody are looked at once signed in and once not.
FOR_EVERYBODY = ("information.", "papers.")


@pytest.mark.parametrize(("who", "must_see"), WHO, ids=[who or "nobody" for who, _ in WHO])
def test_every_kind_of_page_is_good(site: Site, enter: Enter, who: str, must_see: set[str]) -> None:
    page, complaints = quiet_page(enter(who))
    faults: dict[str, list[str]] = {}

    def look(kind: str) -> None:
        if kind.startswith(FOR_EVERYBODY) and who not in ("", "head"):
            return
        found = faults_of(page)
        if found:
            faults[kind] = found

    seen = walk_links(site, page, look, "/", *(each.format(site.year) for each in BEHIND_FORMS.get(who, ())))
    assert not faults, "\n".join(f"{kind}: {found}" for kind, found in faults.items())
    assert not complaints
    assert must_see <= set(seen), must_see - set(seen)

"""Lists the subjects of the site; each is a module with its own routes."""

from vfm.web import account, administration, advising, information, invitation, papers, question, review, school

SUBJECTS = (
    information.pages,
    account.pages,
    invitation.pages,
    administration.pages,
    school.pages,
    review.pages,
    question.pages,
    papers.pages,
    advising.pages,
)

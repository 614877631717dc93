"""Gathers what a plan is made of: the case as every document may show it, the actions, and the texts that people wrote."""

import datetime as dt

from sqlalchemy.orm import Session

from vfm.costing.variance import name_of
from vfm.money import pounds
from vfm.plan.action_plan import Action, ActionPlan, SignOff
from vfm.plan.make import make_plan
from vfm.plan.proposals import Priority, Proposal, proposals
from vfm.questions.bank import Bank
from vfm.stages import findings_of
from vfm.stages.stage import Case
from vfm.store.accounts import AuthorityRow, SchoolRow
from vfm.store.cases import case_of
from vfm.store.plans import ActionRow, actions_of, next_number
from vfm.store.provision import InterventionRow
from vfm.store.reviews import ReviewRow, review_of
from vfm.store.rows import rows_of

STATUS_WORDS = {"not-started": "Not started", "under-way": "Under way", "done": "Done", "dropped": "Dropped"}
REACH_WORDS = {"universal": "Universal: every pupil", "targeted": "Targeted: some pupils"}


def draft_plan(
    db: Session, review: ReviewRow, bank: Bank, today: dt.date, *, number: int = 0, signed: tuple[SignOff, ...] = (),
    may_inform_top_up: bool = False,
) -> ActionPlan:  # fmt: skip
    """The plan as it stands; with a number it is the one to submit."""
    school = db.get_one(SchoolRow, review.school_id)
    authority = db.get_one(AuthorityRow, school.authority_id)
    case = case_of(db, review, bank, today=today)
    before = review_of(db, school.id, review.year - 1)
    return make_plan(
        case, actions_as_shown(db, review, case), authority=authority.name, today=today,
        reference=f"{school.slug.upper()}-{review.year}-{number or next_number(db, review)}",
        last_year=actions_as_shown(db, before, None) if before else (),
        written_by=sorted({answer.answered_by for answer in case.answers.values() if answer.answered_by}),
        number=number, signed=signed, may_inform_top_up=may_inform_top_up,
    )  # fmt: skip


def actions_as_shown(db: Session, review: ReviewRow, case: Case | None) -> list[Action]:
    """The actions in the school's order, each with what it came from."""
    found = proposals(case.bank, case.school, case.answers, findings_of(case), case.today) if case else []
    sources = {proposal.key: proposal for proposal in found}
    return [_action(place, row, sources) for place, row in enumerate(actions_of(db, review), start=1)]


def _action(place: int, row: ActionRow, sources: dict[str, Proposal]) -> Action:
    proposal = sources.get(row.key)
    source = proposal.source if proposal else None
    return Action(
        number=place,
        stage=proposal.stage if proposal else "",
        reference=proposal.reference if proposal else "Own",
        text=row.text,
        owner=row.owner,
        priority=Priority(row.priority).words,
        starts=row.starts,
        due=row.due,
        cost=pounds(row.cost) if row.cost is not None else "",
        funding=row.funding,
        success=row.success,
        checked_how=row.checked_how,
        barrier=row.barrier,
        reach=REACH_WORDS.get(row.reach or "", ""),
        outcome=row.outcome,
        support_wanted=row.support_wanted,
        status=STATUS_WORDS[row.status],
        progress=row.progress,
        source_title=source.title if source else "Added by the school" if row.key.startswith("own:") else "",
        source_says=source.says if source else "",
    )


def texts_of(db: Session, review: ReviewRow, bank: Bank) -> dict[str, str]:
    """What people wrote that a plan would show, by where it stands."""
    case = case_of(db, review, bank)
    texts = {}
    for key, answer in case.answers.items():
        where = f"the note to question {bank.number(key)}" if key in {q.id for q in bank} else "a note"
        texts[where] = "\n".join((answer.note, answer.evidence, answer.reason))
    for key, note in case.variance_notes.items():
        texts[f"the note on the variance “{name_of(key)}”"] = note.text
    for place, row in enumerate(actions_of(db, review), start=1):
        fields = (
            row.text,
            row.owner,
            row.funding,
            row.success,
            row.checked_how,
            row.barrier,
            row.outcome,
            row.support_wanted,
            row.progress,
        )
        texts[f"action {place}"] = "\n".join(fields)
    for intervention in rows_of(db, InterventionRow, review.school_id, year=review.year):
        texts[f"the name of intervention “{intervention.name}”"] = intervention.name
    return texts

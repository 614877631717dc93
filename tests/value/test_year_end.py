"""What is proposed for each intervention at the year's end: every rule at its edge, and which comes first."""

import datetime as dt
from dataclasses import replace

import pytest

from vfm.costing.calendar import AcademicYear
from vfm.value.year_end import LastYear, Proposal, Proposed, nearly_over, propose, reason_missing, top_group

SIX = LastYear(met=3, partly=1, not_met=1, not_recorded=1, staying=6)


@pytest.mark.parametrize(
    ("last", "proposal", "says"),
    [
        (replace(SIX, met=4, partly=0), Proposal.CONTINUE, "4 of 6 met the outcome."),
        (SIX, Proposal.CONTINUE, "3 of 6 met the outcome."),
        (replace(SIX, repeats=1), Proposal.CHANGE, "3 of 6 met the outcome, and some of its pupils repeat it."),
        (replace(SIX, met=4, partly=0, repeats=1), Proposal.CONTINUE, "4 of 6 met the outcome."),
        (replace(SIX, met=0), Proposal.CHANGE, "Of 2 with an outcome, none met it."),
        (replace(SIX, met=1), Proposal.CONTINUE, "1 of 4 met the outcome."),
        (LastYear(not_met=1, staying=1), Proposal.CHANGE, "Of 1 with an outcome, none met it."),
        (LastYear(partly=5, staying=5), Proposal.CHANGE, "Of 5 with an outcome, none met it."),
        (LastYear(met=1, staying=1), Proposal.CONTINUE, "1 of 1 met the outcome."),
        (replace(SIX, staying=0), Proposal.STOP, "Every pupil in it leaves, or has left it."),
        (replace(SIX, staying=1, met=0), Proposal.CHANGE, "Of 2 with an outcome, none met it."),
        (
            LastYear(not_recorded=4, staying=4),
            Proposal.CONTINUE,
            "No outcome is recorded for anybody: continue only with a reason.",
        ),
        (LastYear(named=False), Proposal.CONTINUE, "No outcome is recorded for anybody: continue only with a reason."),
        (LastYear(), Proposal.STOP, "Every pupil in it leaves, or has left it."),
    ],
)
def test_the_first_rule_that_fits_proposes(last: LastYear, proposal: Proposal, says: str) -> None:
    found = propose(last)
    assert (found.proposal, found.says) == (proposal, says)


@pytest.mark.parametrize("decision", ["continue", "change", "stop"])
def test_what_the_review_decided_wins_over_every_rule_and_brings_its_reason(decision: str) -> None:
    found = propose(LastYear(staying=0, decision=decision, because="Agreed with the parents."))
    assert found.proposal is Proposal(decision)
    assert found.reason == f"The review decided: {decision}. Agreed with the parents."
    assert propose(LastYear(decision=decision)).reason == f"The review decided: {decision}"


def test_without_an_outcome_no_reason_is_put_into_anybodys_mouth() -> None:
    found = propose(LastYear(not_recorded=2, staying=2))
    assert found.reason == ""
    assert reason_missing(found, Proposal.CONTINUE, "") == "No outcome is recorded: say why it continues"
    assert reason_missing(found, Proposal.CONTINUE, "The class asked for it") == ""
    assert reason_missing(found, Proposal.STOP, "") == "Say why"


def test_another_choice_than_the_proposal_needs_its_own_reason() -> None:
    found = Proposed(Proposal.CONTINUE, "", "5 of 6 met the outcome")
    assert reason_missing(found, Proposal.CONTINUE, "5 of 6 met the outcome") == ""
    assert reason_missing(found, Proposal.STOP, "5 of 6 met the outcome") == (
        "This is the reason to continue: say why it is to stop instead"
    )
    assert reason_missing(found, Proposal.STOP, "The teacher leaves") == ""
    assert reason_missing(found, Proposal.CONTINUE, "") == "Say why"


def test_the_year_is_nearly_over_from_1_june() -> None:
    year = AcademicYear(2025)
    days = [dt.date(2026, 5, 31), dt.date(2026, 6, 1), dt.date(2026, 8, 31), dt.date(2027, 1, 1), dt.date(2025, 9, 1)]
    assert [nearly_over(year, day) for day in days] == [False, True, True, True, False]


def test_the_top_year_group_follows_from_the_oldest_age() -> None:
    assert [top_group(age) for age in (7, 11, 16, 18, 19)] == [2, 6, 11, 13, 14]

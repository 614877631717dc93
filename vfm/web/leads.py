"""Turns what a finding or an action leads to into an address."""

from flask import url_for

from vfm.web.bank import bank

REGISTERS = {"income": "income", "ledger": "ledger", "pupil": "pupils", "staff": "staff", "role": "roles"}


def address_of(leads_to: str, year: int) -> str:
    """The page on which the row behind a finding is entered or answered; such as "income:12" or "question:some-id".

    Without a row, such as "bridge", it is the page of them all.
    """
    kind, _, identity = leads_to.partition(":")
    if not identity:
        return url_for(f"{kind}.overview", year=year)
    if kind == "question":
        return url_for("question.answer", year=year, stage=bank().stage_of(identity).slug, question=identity)
    if kind == "intervention":
        return url_for("intervention.overview", year=year, intervention=int(identity))
    if kind == "monitoring":
        return url_for("monitoring.overview", year=year, financial=identity)
    if kind == "stage":
        return url_for("review.stage", year=year, stage=identity)
    return url_for(f"{REGISTERS[kind]}.change", year=year, row=int(identity))

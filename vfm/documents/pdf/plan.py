"""The action plan as a PDF; the same plan gives the same bytes."""

import datetime as dt

from vfm.documents.pdf.document import Sheet, make_pdf
from vfm.documents.plan import sections, title
from vfm.plan.action_plan import ActionPlan


def plan_pdf(plan: ActionPlan) -> bytes:
    """A tagged PDF of every section of the plan, with contents where it is long."""
    version = f"version {plan.number}" if plan.number else "draft"
    sheet = Sheet(title(plan), plan.school, plan.year, f"{plan.reference}, {version}", plan.school)
    moment = dt.datetime.combine(plan.submitted_on, dt.time(12), dt.UTC) if plan.submitted_on else None
    return make_pdf(sheet, [part for section in sections(plan) for part in section.parts], contents=None, moment=moment)

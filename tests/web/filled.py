"""Something of everything at Oak: a row in each register, a submitted plan, so that every address leads somewhere."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from tests.plan.records import many_years, pack_of
from tests.world import YEAR, World
from vfm.costing.calendar import AcademicYear
from vfm.plan import pack as packs
from vfm.plan.action_plan import FORMAT, to_json
from vfm.store.accounts import Role, find_account, invite
from vfm.store.audit import By
from vfm.store.bridging import BridgeEntryRow, TimeNotTiedRow
from vfm.store.calendar import ClosedDaysRow, start_calendar
from vfm.store.funds import IncomeRow, LedgerRow
from vfm.store.gathering import draft_plan
from vfm.store.ids import new_id
from vfm.store.imports import keep_sheet
from vfm.store.packs import keep_pack, next_pack_number
from vfm.store.plans import ActionRow, next_number, submit_plan
from vfm.store.programmes import ProgrammeRow, catalogue_of
from vfm.store.provision import CostRow, InterventionRow, NotRunRow, TakesPartRow
from vfm.store.pupil_reviews import PupilReviewRow
from vfm.store.pupil_views import PupilViewRow
from vfm.store.pupils import PupilRow, SenStatusRow
from vfm.store.reviews import ReviewRow, add_comment, start_review
from vfm.store.rows import add_row
from vfm.store.staff import RateRow, StaffRoleRow, StaffRow
from vfm.store.taken import taken_until
from vfm.store.waiting import WaitingRow
from vfm.value.repeats import repeats_in
from vfm.web.school import this_year

Values = dict[str, object]


def fill(world: World) -> tuple[Values, dict[str, Values]]:
    """What the addresses of the table lead to: for every page, and for the pages of one blueprint."""
    now = dt.datetime.now(dt.UTC)
    with world.app.extensions["vfm_database"].write.begin() as db:
        head, target = find_account(db, "leadership@example.org"), find_account(db, "office@example.org")
        assert head is not None
        assert target is not None
        by = By(head.id, now)
        review = start_review(db, world.school.id, YEAR, by)
        remark = add_comment(db, review, "toy-figure", "A remark", by)
        about_figures = add_comment(db, review, "figures:funding", "A remark", by)
        token = invite(db, "new@example.org", "New", Role.TEACHER, now, school_id=world.school.id, authority_id=None)
        rows, more = _rows(db, review, by)
        sheet = {"rows": [[1, ["Code", "Description", "Actual"]], [2, ["E03", "Support staff", "1"]]], "marks": []}
        draft = keep_sheet(db, world.school.id, head.id, YEAR, "ledger", "sheet.csv", sheet, now).id
        planned = {"rows": [[1, ["Code", "Description", "Budget"]], [2, ["I03", "Top-up", "1"]]], "marks": []}
        budget = keep_sheet(db, world.school.id, head.id, YEAR, "income", "budget.csv", planned, now).id
        of_map = {"rows": [[1, ["Intervention", "Minutes"]], [2, ["Phonics", "20"]]], "marks": []}
        drawn = keep_sheet(db, world.school.id, head.id, YEAR, "provision-map", "map.csv", of_map, now).id
        of_class = {"rows": [[1, ["Name", "Year"]], [2, ["Ada", "4"]]], "marks": []}
        listed = keep_sheet(db, world.school.id, head.id, YEAR, "pupils", "class.csv", of_class, now).id
        extract = {"rows": [[1, ["URN", "EstablishmentName"]], [2, ["123456", "Oak"]]], "marks": []}
        details = keep_sheet(db, world.school.id, head.id, this_year(), "school-details", "gias.csv", extract, now).id
        number = _submitted(world, db, review, by)
        repeated = repeats_in(taken_until(db, world.school.id, YEAR, catalogue_of(db, world.school.id)), YEAR)[0].key
        frozen = _pack(db, review, by, int(str(more["pupil"])))
    asset = world.app.jinja_env.globals["asset"]("vfm.css")  # type: ignore[operator]
    everywhere: Values = {
        "school": world.school.slug, "slug": world.school.slug, "year": YEAR, "number": number, "authority": world.authority.slug,
        "stage": "funding", "question": "toy-figure", "what": "complete", "way": "up",
        "key": "toys", "name": asset.removeprefix("/assets/"), "filename": "none.css", "account_id": target.id,
        "token": "no-such-token", "remark_id": remark.id, "kind": "csv",
        **more,
    }  # fmt: skip
    within: dict[str, Values] = {blueprint: {"row": row} for blueprint, row in rows.items()}
    within["calendar"]["what"] = "confirm"
    within["rates"]["role"] = rows["roles"]
    within["claims"] = {"pupil": rows["pupils"]}
    within["monitoring"] = {"financial": YEAR, "key": "year-end"}
    within["packs"] = {"number": frozen}
    within["withdrawal"] = {"whose": "group5"}
    within["noticed"] = {"key": repeated}
    within |= {"ledger_import": {"draft": draft}, "income_import": {"draft": budget}, "map_import": {"draft": drawn}}
    within |= {"pupils_import": {"draft": listed}, "school_details": {"draft": details}}
    return everywhere, within | {"invitation": {"token": token}, "figures": {"remark_id": about_figures.id}}


def _rows(db: Session, review: ReviewRow, by: By) -> tuple[dict[str, int], Values]:
    """The row of each register by its blueprint. The role's rate is made from one person's pay: leadership's only."""
    school = review.school_id

    def add(table: Any, **values: Any) -> int:
        return int(add_row(db, table, school, by, "a row", **values).id)

    role = add(StaffRoleRow, name=f"Music therapist {new_id()}", pay_point=Decimal("20.00"))
    rate = add(RateRow, role_id=role, card="actual", method="stated", per_hour=Decimal("37.11"), people=1)
    start_calendar(db, school, AcademicYear(YEAR), by)
    costed = add(InterventionRow, year=YEAR, name="Music", tier="targeted")
    programme = add(ProgrammeRow, name=f"Lexia {new_id()}", tier="targeted")
    removed = add(PupilRow, name="P1", status="K")
    pupil = add(PupilRow, name="P2", status="K")
    for year in (YEAR - 1, YEAR):
        reading = add(InterventionRow, year=year, name="Reading", tier="targeted")
        add(TakesPartRow, intervention_id=reading, pupil_id=pupil)
    rows = {
        "programmes": programme,
        "income": add(IncomeRow, kind="notional", name="Notional SEN budget"),
        "ledger": add(LedgerRow, year=YEAR, name="Support staff", amount=Decimal("100.00")),
        "time": add(
            TimeNotTiedRow,
            year=YEAR,
            kind="senco",
            role_id=role,
            name="A day a week",
            hours=Decimal(190),
            sen_share=Decimal(100),
        ),
        "bridge-lines": add(
            BridgeEntryRow,
            year=YEAR,
            heading="cover",
            name="Agency",
            amount=Decimal("10.00"),
            ground="Invoices",
            set_by="Office",
        ),
        "roles": role,
        "rates": rate,
        "staff": add(StaffRow, name="Sam", role_id=role, weekly_hours=Decimal(30)),
        "pupils": removed,
        "waiting": add(
            WaitingRow, pupil_id=pupil, waits_for="Speech therapy", since=dt.date(2026, 9, 1), asked_of="Health"
        ),
        "statuses": add(SenStatusRow, pupil_id=pupil, starts=dt.date(2026, 9, 1), status="K"),
        "views": add(
            PupilViewRow, pupil_id=pupil, year=YEAR, voice="pupil", on=dt.date(2026, 10, 1), said="I like the drums"
        ),
        "pupil-reviews": add(
            PupilReviewRow,
            pupil_id=pupil,
            year=YEAR,
            kind="other",
            on=dt.date(2026, 10, 1),
            who="SENCO",
            agreed="Go on",
        ),
        "provision-map": add(InterventionRow, year=YEAR, name="Reading", tier="targeted"),
        "calendar": add(
            ClosedDaysRow,
            year=YEAR,
            kind="other",
            first_day=dt.date(2026, 11, 4),
            last_day=dt.date(2026, 11, 4),
            name="Snow",
        ),
        "costs": add(CostRow, intervention_id=costed, kind="fees", name="Fee", amount=Decimal("10.00")),
        "not-run": add(NotRunRow, intervention_id=costed, sessions=Decimal(1), why="A school trip"),
        "plan": add(
            ActionRow, review_id=review.id, key=f"answer:{new_id()}", written={}, text="Action", priority="low"
        ),
    }
    return rows, {"intervention": costed, "pupil": pupil}


def _submitted(world: World, db: Session, review: ReviewRow, by: By) -> int:
    number = next_number(db, review)
    plan = draft_plan(db, review, world.app.extensions["vfm_bank"], by.at.date(), number=number)
    submit_plan(db, review, by, number=number, plan_format=FORMAT, plan=to_json(plan), pdf=b"%PDF-1.7")
    return number


def _pack(db: Session, review: ReviewRow, by: By, pupil: int) -> int:
    pack = pack_of(many_years(1), number=next_pack_number(db, review.school_id, pupil))
    keep_pack(
        db, review.school_id, pupil, by, number=pack.number, reader=pack.reader, with_cost=True, pack_format=packs.FORMAT,
        pack=packs.to_json(pack), pdf=b"%PDF-1.7",
    )  # fmt: skip
    return pack.number

"""Fills a database with one authority and its schools, each at another point of its review."""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfm.answers import Choice, applying
from vfm.costing.calendar import AcademicYear, Closing
from vfm.costing.catalogue import Catalogue
from vfm.costing.programme_library import read_library
from vfm.costing.usual_calendar import usual_calendar
from vfm.demo import provision, words
from vfm.demo.bridging import add_bridge
from vfm.demo.coherence import add_history, add_section_f, add_waiting, add_week
from vfm.demo.money import add_leaver, add_money, add_notes
from vfm.demo.programmes import add_unused, programme_of
from vfm.demo.roles import ROLES
from vfm.demo.staff import add_staff, named, people_by_role
from vfm.demo.voices import add_voices
from vfm.demo.weeks import add_weeks
from vfm.documents.pdf.plan import plan_pdf
from vfm.plan.action_plan import FORMAT, SignOff, to_json
from vfm.plan.proposals import proposals, rewrite
from vfm.pupils.upn import check_letter
from vfm.questions.bank import Bank
from vfm.questions.school import Kind
from vfm.stages import findings_of
from vfm.store.accounts import AuthorityRow, Role, SchoolRow, add_authority, add_membership, add_school, find_account
from vfm.store.audit import By
from vfm.store.calendar import ClosedDaysRow, confirm_calendar, hold_calendar, start_calendar
from vfm.store.cases import case_of
from vfm.store.funds import IncomeRow, LedgerRow
from vfm.store.gathering import draft_plan
from vfm.store.ids import new_id
from vfm.store.places import profile_of
from vfm.store.plans import actions_of, apply_rewrite, kept_actions, submit_plan
from vfm.store.provision import CostRow, FundingRow, GiverRow, InterventionRow, TakesPartRow
from vfm.store.pupils import CountsRow, PupilRow, add_pupil
from vfm.store.reviews import ReviewRow, reviews_of, save_answer, set_budget_views, set_stage_done, start_review
from vfm.store.rows import add_row
from vfm.store.staff import RateRow, StaffRoleRow
from vfm.web.signing_in import User

PASSWORD = "worth every penny 2026"  # noqa: S105  printed on the screen by `make run`, for made-up people only
DOMAIN = "demo.example"
PRIMARY_NAME = "Larkfield Primary School"
RECEIVES = dict.fromkeys(
    ("unit_or_resourced_provision", "any_ehc_plan", "any_sen_support", "any_top_up", "pupil_premium", "volunteers_or_peers"),
    True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who can sign in to the demonstration."""

    email: str
    name: str
    role: Role
    place: str


@dataclass
class Filling:
    """What is needed while a database is filled."""

    db: Session
    bank: Bank
    chance: random.Random
    now: dt.datetime
    hash_password: Callable[[str], str]
    people: list[Person]
    library: Catalogue = field(default_factory=read_library)

    def account(
        self,
        email: str,
        name: str,
        role: Role,
        *,
        school: SchoolRow | None = None,
        authority: AuthorityRow | None = None,
    ) -> By:
        account = User(id=new_id(), email=f"{email}@{DOMAIN}", name=name, password=self.hash_password(PASSWORD))
        self.db.add(account)
        self.db.flush()
        add_membership(
            self.db,
            account.id,
            role,
            school_id=school.id if school else None,
            authority_id=authority.id if authority else None,
        )
        place = school.name if school else authority.name if authority else "this installation"
        self.people.append(Person(account.email, name, role, place))
        return By(account.id, self.now)


def fill(
    db: Session, bank: Bank, hash_password: Callable[[str], str], now: dt.datetime, seed: int = 2008
) -> list[Person]:
    """One authority, four schools, and somebody in every role. Returns who can sign in."""
    made = Filling(db, bank, random.Random(seed), now, hash_password, [])  # noqa: S311  made-up data, not a secret
    year = AcademicYear.holding(now.date()).start
    authority = add_authority(db, "Northmere Council")
    made.account("admin", "Sam Ellery", Role.ADMINISTRATOR)
    made.account("adviser", "Joanna Pryce", Role.ADVISER, authority=authority)
    _primary(made, authority, year)
    _secondary(made, authority, year)
    _academy(made, authority, year)
    _special(made, authority, year)
    return made.people


def _school(made: Filling, authority: AuthorityRow, name: str, ages: tuple[int, int], **more: Any) -> SchoolRow:
    profile = {"kind": Kind.MAINSTREAM, "academy": False, "first_year": True} | RECEIVES | more
    return add_school(made.db, authority.id, name=name, lowest_age=ages[0], highest_age=ages[1], **profile)


def _primary(made: Filling, authority: AuthorityRow, year: int) -> None:
    school = _school(made, authority, PRIMARY_NAME, (3, 11), first_year=False, unit_or_resourced_provision=False)
    head = made.account("head", "Margaret Osei", Role.LEADERSHIP, school=school)
    senco = made.account("senco", "Daniel Whitlock", Role.SENCO, school=school)
    made.account("office", "Parveen Akhtar", Role.LEADERSHIP, school=school)
    made.account("teacher", "Ffion Rees", Role.TEACHER, school=school)
    made.account("governor", "Anthony Clarke", Role.GOVERNOR, school=school)
    roles = add_roles(made, school, senco)
    add_staff(made.db, made.chance, school.id, roles, head)
    add_unused(made.db, school.id, made.library, senco)
    pupils = add_pupils(made, school, year, senco, 54, range(7))
    for each, weights in ((year - 1, (34, 24, 11)), (year, (40, 20, 9))):
        review = start_review(made.db, school.id, each, senco)
        lines = provision.PRIMARY[:10] if each < year else provision.PRIMARY
        add_map(made, school, each, lines, roles, pupils, senco)
        answer_all(made, review, school, senco, weights, agreed=True)
        add_bridge(made.db, school.id, each, head, roles, first=each < year)
        set_budget_views(made.db, review, Decimal(38_000), Decimal(52_000), head)
        add_calendar(made, school, each, head, confirmed=True, own=True)
        add_counts(made, review, senco, roll=280, sen_support=38, ehc_plans=9, top_ups=7, pupil_premium=66)
        for stage in made.bank.sets:
            set_stage_done(made.db, review, stage.slug, True, head)
    for each in (year - 1, year):
        add_money(made.db, school, each, head, notional=Decimal(52_000) + (each - year) * 3_000, changed=True)
    add_leaver(made.db, school, year, [pupil for pupil in pupils if pupil.top_up][-1], head)
    add_notes(made.db, review, head, senco)
    add_history(made.db, school.id, year, roles, pupils, made.library, senco)
    add_section_f(made.db, school.id, year, pupils, senco)
    add_week(made.db, school.id, year, pupils, senco)
    add_waiting(made.db, school.id, made.now.date(), pupils, senco)
    add_weeks(made.db, school.id, year, senco)
    add_voices(made.db, school.id, year, pupils, senco)
    # One line that nobody has finished, so that the review says so.
    add_row(
        made.db,
        IncomeRow,
        school.id,
        head,
        "income line",
        kind="other-grant",
        name="Charity grant for the nurture room",
        original=Decimal(3_500),
    )


def _secondary(made: Filling, authority: AuthorityRow, year: int) -> None:
    school = _school(made, authority, "St Brannoc's School", (11, 16))
    head = made.account("head.brannoc", "Ruth Adeyemi", Role.LEADERSHIP, school=school)
    senco = made.account("senco.brannoc", "Marek Nowicki", Role.SENCO, school=school)
    review = start_review(made.db, school.id, year, senco)
    roles = add_roles(made, school, senco)
    pupils = add_pupils(made, school, year, senco, 30, range(7, 12))
    add_map(made, school, year, provision.SECONDARY, roles, pupils, senco)
    add_money(made.db, school, year, head, notional=Decimal(410_000))
    add_calendar(made, school, year, head, confirmed=True)
    add_counts(made, review, senco, roll=940, sen_support=118, ehc_plans=31, top_ups=25, pupil_premium=240)
    set_budget_views(made.db, review, None, Decimal(410_000), head)
    answer_all(made, review, school, senco, (20, 12, 6), agreed=False, only=38)


def _academy(made: Filling, authority: AuthorityRow, year: int) -> None:
    school = _school(made, authority, "Ashdown Hill Academy", (4, 11), academy=True, unit_or_resourced_provision=False)
    made.account("head.ashdown", "Colin Barraclough", Role.LEADERSHIP, school=school)
    senco = made.account("senco.ashdown", "Shabnam Mirza", Role.SENCO, school=school)
    review = start_review(made.db, school.id, year, senco)
    roles = add_roles(made, school, senco)
    add_map(made, school, year, provision.ACADEMY, roles, [], senco)
    add_row(
        made.db, LedgerRow, school.id, senco, "ledger line", year=year, code="", name="Support staff costs",
        amount=Decimal(148_000), sen_share=Decimal(35), ground="A guess, from last year’s posts", set_by="Shabnam Mirza",
        estimated=True,
    )  # fmt: skip
    add_calendar(made, school, year, senco, confirmed=False)
    set_budget_views(made.db, review, Decimal(45_000), None, senco)


def _special(made: Filling, authority: AuthorityRow, year: int) -> None:
    school = _school(
        made, authority, "The Willows School", (2, 19), kind=Kind.SPECIAL, unit_or_resourced_provision=False
    )
    head = made.account("head.willows", "Beatrice Lowe", Role.LEADERSHIP, school=school)
    senco = made.account("senco.willows", "Hugh Tamblyn", Role.SENCO, school=school)
    review = start_review(made.db, school.id, year, senco)
    roles = add_roles(made, school, senco)
    pupils = add_pupils(made, school, year, senco, 24, range(-1, 14), every="E")
    add_map(made, school, year, provision.SPECIAL, roles, pupils, senco)
    add_row(
        made.db, IncomeRow, school.id, head, "income line", kind="place-funding", name="Place funding, 96 places at £10,000",
        original=Decimal(960_000), starts=dt.date(year, 9, 1), ends=dt.date(year + 1, 8, 31), sen_share=Decimal(100), estimated=False,
    )  # fmt: skip
    answer_all(made, review, school, senco, (30, 10, 4), agreed=True, only=50)


def add_calendar(made: Filling, school: SchoolRow, year: int, by: By, *, confirmed: bool, own: bool = False) -> None:
    """The usual dates; with `own` an INSET day before the October half-term and a day of snow besides."""
    academic = AcademicYear(year)
    row = start_calendar(made.db, school.id, academic, by)
    if own:
        half_term = next(each for each in usual_calendar(academic).closed if each.kind is Closing.HALF_TERM)
        friday, snow = half_term.first - dt.timedelta(days=3), half_term.last + dt.timedelta(days=19)
        for kind, day, name in (
            (Closing.INSET, friday, "Reading, with the schools nearby"),
            (Closing.OTHER, snow, "Snow"),
        ):
            hold_calendar(made.db, school.id, academic, by)
            add_row(
                made.db, ClosedDaysRow, school.id, by, "day without pupils", year=year, kind=kind.value, first_day=day,
                last_day=day, name=name,
            )  # fmt: skip
    if confirmed:
        confirm_calendar(made.db, row, row.version, by)


def add_roles(made: Filling, school: SchoolRow, by: By) -> dict[str, StaffRoleRow]:
    """The school's roles with a rate on both cards."""
    roles = {}
    for role in ROLES:
        point = Decimal(role.pay_point) if role.pay_point else None
        row = add_row(
            made.db, StaffRoleRow, school.id, by, "role", name=role.name, teacher=role.teacher, pay_point=point
        )
        for card, rate, people in (("actual", role.actual, role.people), ("authority", role.authority, None)):
            add_row(
                made.db, RateRow, school.id, by, f"rate of {role.name}", role_id=row.id, card=card, method="stated",
                per_hour=Decimal(rate), people=people, estimated=False,
            )  # fmt: skip
        roles[role.name] = row
    return roles


NEEDS = ("SLCN", "SPLD", "SEMH", "MLD", "ASD", "PD", "HI", "SLCN", "MLD", "SEMH")


def add_pupils(
    made: Filling, school: SchoolRow, year: int, by: By, how_many: int, years: range, every: str = ""
) -> list[PupilRow]:
    """The register, in the year groups of `year`: for each nine with a plan, thirty-six on SEN Support, the others without SEN."""
    rows = []
    for place, name in enumerate(words.names(made.chance, how_many)):
        status = every or ("E" if place % 6 == 0 else "N" if place % 6 == 5 else "K")
        need = NEEDS[place % len(NEEDS)] if status != "N" else None
        rows.append(
            add_pupil(
                made.db, school.id, year, years[place % len(years)], by, name=name, status=status, need=need,
                pupil_premium=place % 4 == 0, eal=place % 7 == 0, top_up=status == "E" and place % 12 == 0,
                upn=_upn(place), class_name=f"{_class_of(years[place % len(years)])}{'AB'[place // len(years) % 2]}",
            )
        )  # fmt: skip
    return rows


NO_AUTHORITY, NO_SCHOOL = 999, 1234


def _upn(place: int) -> str:
    """A number with its right letter, of an authority and a school that do not exist."""
    rest = f"{NO_AUTHORITY}{NO_SCHOOL}{18 + place % 7}{place:03}"
    return check_letter(rest) + rest


def _class_of(year_group: int) -> str:
    return {-1: "N", 0: "R"}.get(year_group, str(year_group))


def add_map(
    made: Filling, school: SchoolRow, year: int, lines: Sequence[provision.Line], roles: dict[str, StaffRoleRow],
    pupils: Sequence[PupilRow], by: By,
) -> None:  # fmt: skip
    """The provision map of a year."""
    people = people_by_role(made.db, school.id)
    turn = {status: _round([p for p in pupils if p.status == status] or list(pupils)) for status in "NKE"}
    for line in lines:
        row = add_row(
            made.db, InterventionRow, school.id, by, "intervention", **_intervention(line, year, bool(pupils)),
            programme_id=programme_of(made.db, school.id, line, made.library, by),
        )  # fmt: skip
        staff = line.role in roles
        add_row(
            made.db, GiverRow, school.id, by, "who gives it", intervention_id=row.id, kind="staff" if staff else line.role,
            role_id=roles[line.role].id if staff else None, number=Decimal(line.number),
            staff_id=named(line, people.get(roles[line.role].id, [])) if staff else None,
        )  # fmt: skip
        for kind, name, amount, life in line.costs:
            add_row(
                made.db, CostRow, school.id, by, "other cost", intervention_id=row.id, kind=kind, name=name,
                amount=Decimal(amount), years_of_life=Decimal(life) if life > 1 else None, on=dt.date(year, 9, 1), estimated=False,
            )  # fmt: skip
        for place, pupil in enumerate(dict.fromkeys(next(turn[line.of]) for _ in range(line.group)) if pupils else ()):
            result = made.chance.choice(("met", "met", "partly", "not")) if line.recorded else None
            add_row(
                made.db, TakesPartRow, school.id, by, "who takes part", intervention_id=row.id, pupil_id=pupil.id,
                result=result, carries_all=line.basis == "whole" and place == 0,
            )  # fmt: skip
        source = "Notional SEN budget" if line.tier != "specialist" else "Top-up funding"
        add_row(
            made.db, FundingRow, school.id, by, "who pays", intervention_id=row.id, source=source, percent=Decimal(100)
        )


def _round(pupils: list[PupilRow]) -> Iterator[PupilRow]:
    while True:
        yield from pupils


def _intervention(line: provision.Line, year: int, named: bool) -> dict[str, Any]:
    ended = dt.date(year, 11, 6) if not line.reviewed else None
    return {
        "year": year, "name": line.name, "tier": line.tier, "need": line.need, "time_kind": line.kind,
        "minutes": Decimal(line.minutes), "sessions_a_week": line.sessions, "weeks": Decimal(line.weeks),
        "preparation_minutes": Decimal(line.preparation) if line.preparation else None, "withdrawn": line.withdrawn,
        "withdrawn_why": "A quiet room is needed" if line.withdrawn else "", "lesson": line.lesson, "outcome": line.outcome,
        "lead": "The SENCO" if line.role in ("volunteer", "other-pupil") else "", "basis": line.basis if named else "shared",
        "whole_reason": "Written in the child's plan" if line.basis == "whole" else "", "estimated": False,
        "group_size": None if named else line.group, "group_with_sen": None if named else max(1, line.group - 1),
        "review_on": dt.date(year + 1, 2, 5), "ends_on": ended,
    }  # fmt: skip


def add_counts(made: Filling, review: ReviewRow, by: By, **counts: int) -> None:
    """The numbers of the last census."""
    add_row(made.db, CountsRow, review.school_id, by, "pupil numbers", review_id=review.id, **counts)


def answer_all(
    made: Filling,
    review: ReviewRow,
    school: SchoolRow,
    by: By,
    weights: tuple[int, int, int],
    *,
    agreed: bool,
    only: int = 99,
) -> None:
    """Answers to the questions that apply, or the first so many of them."""
    days = words.notes(made.chance)
    choices = (Choice.YES, Choice.IN_PART, Choice.NO)
    for question in applying(made.bank, profile_of(school))[:only]:
        choice = made.chance.choices(choices, weights)[0]
        save_answer(
            made.db, review, question.id, 0, by, choice=choice.value, note=words.note_for(question, choice, next(days), made.chance),
            evidence=f"SEN review folder, {made.bank.number(question.id)}", basis=made.chance.choice(("records", "sample", "opinion")),
            reason="", agreed=agreed,
        )  # fmt: skip


def submit_finished(db: Session, bank: Bank, people: list[Person], now: dt.datetime) -> None:
    """Writes and submits the plans of the school that has finished: last year's, and this year's."""
    school = next(iter(db.scalars(select(SchoolRow).where(SchoolRow.name == PRIMARY_NAME))))
    head = next(person for person in people if person.email.startswith("head@"))
    account = find_account(db, head.email)
    for review in reversed(reviews_of(db, school.id)[:2]):
        at = now.replace(year=review.year) if review.year < now.year else now
        by = By(account.id if account else 0, at)
        write_plan(db, bank, review, by)
        signed = (SignOff(head.name, "Headteacher", at.date()),)
        plan = draft_plan(db, review, bank, at.date(), number=1, signed=signed)
        submit_plan(db, review, by, number=1, plan_format=FORMAT, plan=to_json(plan), pdf=plan_pdf(plan))


def write_plan(db: Session, bank: Bank, review: ReviewRow, by: By) -> None:
    """The actions that answers and figures call for, some of them edited as people do."""
    case = case_of(db, review, bank, today=by.at.date())
    proposed = proposals(bank, case.school, case.answers, findings_of(case), by.at.date())
    apply_rewrite(db, review, rewrite(kept_actions(db, review), proposed), (), by)
    for place, row in enumerate(actions_of(db, review)[:6]):
        row.success = f"By {row.due:%B} it can be shown to the governors, with dates." if row.due else ""
        row.cost = Decimal(120 * (place + 1))
        row.funding = "School budget"
        row.support_wanted = "The authority's specialist teachers" if place == 1 else ""
        row.status = "done" if review.year < by.at.year and place % 2 == 0 else "under-way"
        row.progress = f"Begun after the meeting of the {place + 3}th." if place else ""
    db.flush()

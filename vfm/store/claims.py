"""Remembers what the school's authority accepts in a claim for a pupil: one set of rules a school."""

from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, String, UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.costing.claim import ClaimRules, Division
from vfm.costing.intervention import TimeKind
from vfm.store.audit import By
from vfm.store.rows import RegisterRow, add_row, change_row, remove_row, rows_of
from vfm.store.staff import StaffRoleRow
from vfm.store.tables import Money, Rate, money_within, one_of, rate_within, refers

HOURS_IN_A_WEEK = 168


class ClaimRulesRow(RegisterRow):
    """The rules of a school's authority. `most_hours` is hours a week for one pupil, `most` pounds a year."""

    __tablename__ = "claim_rules"
    weeks: Mapped[Rate | None]
    other_costs: Mapped[bool] = mapped_column(default=True)
    most_hours: Mapped[Rate | None]
    most: Mapped[Money | None]
    division: Mapped[str] = mapped_column(String(20), default=Division.AS_ON_MAP.value)
    __table_args__ = (
        UniqueConstraint("school_id"),
        rate_within("weeks", 53),
        rate_within("most_hours", HOURS_IN_A_WEEK),
        money_within("most"),
        one_of("division", Division),
    )


class NotAcceptedRow(RegisterRow):
    """A kind of time, or a role, that the authority does not accept."""

    __tablename__ = "not_accepted"
    time_kind: Mapped[str | None] = mapped_column(String(20))
    role_id: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        UniqueConstraint("school_id", "time_kind"),
        UniqueConstraint("school_id", "role_id"),
        one_of("time_kind", TimeKind),
        CheckConstraint("(time_kind IS NULL) <> (role_id IS NULL)", name="kind_or_role"),
        refers("role_id", "staff_role", ondelete="CASCADE"),
    )


def claim_rules_row(db: Session, school_id: int) -> ClaimRulesRow | None:
    """The school's rules; None while nobody has said what the authority accepts."""
    return next(iter(rows_of(db, ClaimRulesRow, school_id)), None)


def claim_rules_of(db: Session, school_id: int) -> ClaimRules:
    """The rules as the costing knows them; while nothing is said, everything that the authority's card has a rate for."""
    row = claim_rules_row(db, school_id)
    if row is None:
        return ClaimRules()
    names = {role.id: role.name for role in rows_of(db, StaffRoleRow, school_id)}
    left_out = rows_of(db, NotAcceptedRow, school_id)
    return ClaimRules(
        weeks=_plain(row.weeks),
        not_accepted=frozenset(TimeKind(each.time_kind) for each in left_out if each.time_kind is not None),
        roles_not_accepted=frozenset(names[each.role_id] for each in left_out if each.role_id is not None),
        other_costs=row.other_costs,
        most_hours=_plain(row.most_hours),
        most=row.most,
        division=Division(row.division),
    )


def _plain(number: Decimal | None) -> Decimal | None:
    """Without the noughts at the end that the column adds: rules are said in sentences."""
    if number is None:
        return None
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def not_accepted(db: Session, school_id: int) -> tuple[set[str], set[int]]:
    """The kinds of time, and the roles by id, that are not accepted."""
    rows = rows_of(db, NotAcceptedRow, school_id)
    return (
        {row.time_kind for row in rows if row.time_kind is not None},
        {row.role_id for row in rows if row.role_id is not None},
    )


def set_claim_rules(
    db: Session, school_id: int, version: int, by: By, *, weeks: Decimal | None, other_costs: bool,
    most_hours: Decimal | None, most: Decimal | None, division: str, kinds: set[str], roles: set[int],
) -> bool:  # fmt: skip
    """Keeps the rules, version 0 for the first. False when somebody else did since `version`: a conflict."""
    what = "what the authority accepts"
    values = {
        "weeks": weeks, "other_costs": other_costs, "most_hours": most_hours, "most": most, "division": division,
    }  # fmt: skip
    row = claim_rules_row(db, school_id)
    if row is not None and not change_row(db, row, version, by, what, **values):
        return False
    if row is None:
        if version != 0:
            return False
        try:
            with db.begin_nested():
                add_row(db, ClaimRulesRow, school_id, by, what, **values)
        except IntegrityError:  # a colleague was first
            return False
    _keep(db, school_id, by, kinds, roles)
    return True


def _keep(db: Session, school_id: int, by: By, kinds: set[str], roles: set[int]) -> None:
    """What is not accepted any longer goes, what is new comes; the rest stays."""
    wanted: set[tuple[str | None, int | None]] = {(kind, None) for kind in kinds} | {(None, role) for role in roles}
    for row in rows_of(db, NotAcceptedRow, school_id):
        if (row.time_kind, row.role_id) in wanted:
            wanted.discard((row.time_kind, row.role_id))
        else:
            remove_row(db, row, by, "what the authority does not accept")
    for time_kind, role_id in sorted(wanted, key=str):
        add_row(
            db,
            NotAcceptedRow,
            school_id,
            by,
            "what the authority does not accept",
            time_kind=time_kind,
            role_id=role_id,
        )

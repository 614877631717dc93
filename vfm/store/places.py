"""Remembers which schools and authorities there are: lists of them for pages."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfm.questions.school import Kind, School
from vfm.store.accounts import Account, AuthorityRow, MembershipRow, SchoolRow


def schools_by_id(db: Session, ids: set[int]) -> dict[int, SchoolRow]:
    """Schools by id."""
    return {row.id: row for row in db.scalars(select(SchoolRow).where(SchoolRow.id.in_(ids)))}


def authorities_by_id(db: Session, ids: set[int]) -> dict[int, AuthorityRow]:
    """Authorities by id."""
    return {row.id: row for row in db.scalars(select(AuthorityRow).where(AuthorityRow.id.in_(ids)))}


def all_authorities(db: Session) -> list[AuthorityRow]:
    """Every authority, by name."""
    return list(db.scalars(select(AuthorityRow).order_by(AuthorityRow.name, AuthorityRow.id)))


def schools_of(db: Session, authority_id: int) -> list[SchoolRow]:
    """The schools of an authority, by name."""
    query = select(SchoolRow).where(SchoolRow.authority_id == authority_id)
    return list(db.scalars(query.order_by(SchoolRow.name, SchoolRow.id)))


def all_schools(db: Session) -> list[SchoolRow]:
    """Every school, by name."""
    return list(db.scalars(select(SchoolRow).order_by(SchoolRow.name, SchoolRow.id)))


def everybody(db: Session) -> list[tuple[Account, list[MembershipRow]]]:
    """Every account with its roles, by name; for the administrator."""
    accounts = list(db.scalars(select(Account).order_by(Account.name, Account.id)))
    roles: dict[int, list[MembershipRow]] = {account.id: [] for account in accounts}
    for row in db.scalars(select(MembershipRow)):
        roles[row.account_id].append(row)
    return [(account, roles[account.id]) for account in accounts]


def profile_of(row: SchoolRow) -> School:
    """What decides which questions a school is asked."""
    return School(
        name=row.name, kind=Kind(row.kind), academy=row.academy, lowest_age=row.lowest_age, highest_age=row.highest_age,
        unit_or_resourced_provision=row.unit_or_resourced_provision, any_ehc_plan=row.any_ehc_plan,
        any_sen_support=row.any_sen_support, any_top_up=row.any_top_up, pupil_premium=row.pupil_premium,
        volunteers_or_peers=row.volunteers_or_peers, first_year=row.first_year,
    )  # fmt: skip

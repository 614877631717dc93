"""Remembers authorities, schools, people, and who may act where."""

import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from vfm.store.ids import new_id
from vfm.store.tables import Id, Prose, Rate, Table, Words, one_of, rate_within

INVITATION_DAYS = 14


class Role(StrEnum):
    """What a person does at a school, for an authority, or for the installation."""

    LEADERSHIP = "leadership"
    SENCO = "senco"
    TEACHER = "teacher"
    GOVERNOR = "governor"
    ADVISER = "adviser"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        return ROLE_WORDS[self]

    @property
    def of_school(self) -> bool:
        return self in (Role.LEADERSHIP, Role.SENCO, Role.TEACHER, Role.GOVERNOR)


ROLE_WORDS = {
    Role.LEADERSHIP: "Leadership (head, deputy, business manager)",
    Role.SENCO: "SENCO",
    Role.TEACHER: "Contributor (teacher)",
    Role.GOVERNOR: "Contributor (governor)",
    Role.ADVISER: "Local authority adviser",
    Role.ADMINISTRATOR: "Administrator of this installation",
}


class AuthorityRow(Table):
    __tablename__ = "authority"
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Words]


class SchoolRow(Table):
    __tablename__ = "school"
    id: Mapped[Id]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id", ondelete="RESTRICT"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Words]
    kind: Mapped[str] = mapped_column(String(20))
    academy: Mapped[bool]
    lowest_age: Mapped[int]
    highest_age: Mapped[int]
    unit_or_resourced_provision: Mapped[bool]
    any_ehc_plan: Mapped[bool]
    any_sen_support: Mapped[bool]
    any_top_up: Mapped[bool]
    pupil_premium: Mapped[bool]
    volunteers_or_peers: Mapped[bool]
    first_year: Mapped[bool]
    tolerance: Mapped[Rate] = mapped_column(default=Decimal(5), server_default=text("50000"))  # percent
    urn: Mapped[str | None] = mapped_column(String(6))
    pupils_shown: Mapped[str] = mapped_column(String(10), default="name", server_default="name")
    pupils_kept: Mapped[int | None]  # years after leaving; not set: nobody is ever listed to be erased
    __table_args__ = (
        CheckConstraint("pupils_kept BETWEEN 1 AND 50", name="pupils_kept_range"),
        one_of("pupils_shown", ("name", "initials", "reference")),
        one_of("kind", ("mainstream", "special", "hospital-special", "nursery", "pru")),
        CheckConstraint("lowest_age BETWEEN 0 AND 25 AND highest_age BETWEEN lowest_age AND 25", name="ages"),
        rate_within("tolerance", 100),
    )


class Account(Table):
    """A person who signs in. Plain on purpose: web/signing_in.py adds what the sign-in library wants."""

    __tablename__ = "account"
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[Words]
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: secrets.token_hex(16))
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_step: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)


class MembershipRow(Table):
    """A person's role at one school, for one authority, or (with neither) for the installation."""

    __tablename__ = "membership"
    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    __table_args__ = (
        one_of("role", Role),
        UniqueConstraint("account_id", "school_id"),
        CheckConstraint(
            "CASE role WHEN 'administrator' THEN school_id IS NULL AND authority_id IS NULL"
            " WHEN 'adviser' THEN school_id IS NULL AND authority_id IS NOT NULL"
            " ELSE school_id IS NOT NULL AND authority_id IS NULL END",
            name="place_fits_role",
        ),
    )


class InvitationRow(Table):
    """An invitation that may be used once, until it expires. Only the hash of its token is kept."""

    __tablename__ = "invitation"
    id: Mapped[Id]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[Words]
    role: Mapped[str] = mapped_column(String(20))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id", ondelete="CASCADE"), index=True)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id", ondelete="CASCADE"), index=True)
    expires: Mapped[dt.datetime]
    used: Mapped[dt.datetime | None]
    __table_args__ = (one_of("role", Role),)


class SignInRow(Table):
    """A session on the server. Only the hash of its id is kept, so that the table is no bunch of keys."""

    __tablename__ = "sign_in"
    id_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_key: Mapped[str | None] = mapped_column(String(64), index=True)
    data: Mapped[Prose]
    started: Mapped[dt.datetime]
    seen: Mapped[dt.datetime]


def slug_from(db: Session, table: type[AuthorityRow] | type[SchoolRow], name: str) -> str:
    """A short name for addresses, made from a name and not yet taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "school"
    taken = set(db.scalars(select(table.slug).where(table.slug.startswith(stem, autoescape=True))))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def add_authority(db: Session, name: str) -> AuthorityRow:
    """A new local authority."""
    row = AuthorityRow(id=new_id(), name=name, slug=slug_from(db, AuthorityRow, name))
    db.add(row)
    db.flush()
    return row


def add_school(db: Session, authority_id: int, **profile: Any) -> SchoolRow:
    """A new school of an authority; `profile` are the fields of `questions.school.School`."""
    row = SchoolRow(id=new_id(), authority_id=authority_id, slug=slug_from(db, SchoolRow, profile["name"]), **profile)
    db.add(row)
    db.flush()
    return row


def add_membership(
    db: Session, account_id: int, role: Role, *, school_id: int | None, authority_id: int | None
) -> None:
    """Gives a person a role. At one school a person has one role: the new one takes the old one's place."""
    here = select(MembershipRow).where(
        MembershipRow.account_id == account_id,
        MembershipRow.school_id.is_(None) if school_id is None else MembershipRow.school_id == school_id,
        MembershipRow.authority_id.is_(None) if authority_id is None else MembershipRow.authority_id == authority_id,
    )
    row = db.scalar(here)
    if row:
        row.role = role
    else:
        db.add(MembershipRow(account_id=account_id, role=role, school_id=school_id, authority_id=authority_id))
    db.flush()


def find_account(db: Session, email: str) -> Account | None:
    """The account with this address, however it is capitalised."""
    return db.scalar(select(Account).where(Account.email == email.strip().lower()))


def memberships(db: Session, account_id: int) -> list[MembershipRow]:
    """Every role a person has."""
    return list(db.scalars(select(MembershipRow).where(MembershipRow.account_id == account_id)))


def role_at(db: Session, account_id: int, school_id: int) -> Role | None:
    """A person's role at a school, or None."""
    role = db.scalar(
        select(MembershipRow.role).where(MembershipRow.account_id == account_id, MembershipRow.school_id == school_id)
    )
    return Role(role) if role else None


def advises(db: Session, account_id: int, authority_id: int) -> bool:
    """Whether a person is an adviser of an authority."""
    row = select(MembershipRow.id).where(
        MembershipRow.account_id == account_id, MembershipRow.authority_id == authority_id
    )
    return db.scalar(row) is not None


def is_administrator(db: Session, account_id: int) -> bool:
    """Whether a person looks after the installation."""
    row = select(MembershipRow.id).where(
        MembershipRow.account_id == account_id, MembershipRow.role == Role.ADMINISTRATOR
    )
    return db.scalar(row) is not None


def school_by_slug(db: Session, slug: str) -> SchoolRow | None:
    """A school by the short name in its address."""
    return db.scalar(select(SchoolRow).where(SchoolRow.slug == slug))


def authority_by_slug(db: Session, slug: str) -> AuthorityRow | None:
    """An authority by the short name in its address."""
    return db.scalar(select(AuthorityRow).where(AuthorityRow.slug == slug))


def people_of(db: Session, school_id: int) -> list[tuple[Account, Role]]:
    """Who may act at a school, by name."""
    rows = db.execute(
        select(Account, MembershipRow.role)
        .join(MembershipRow, MembershipRow.account_id == Account.id)
        .where(MembershipRow.school_id == school_id, Account.active)
        .order_by(Account.name, Account.id)
    )
    return [(account, Role(role)) for account, role in rows]


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def invite(
    db: Session, email: str, name: str, role: Role, now: dt.datetime, *, school_id: int | None, authority_id: int | None
) -> str:
    """Makes an invitation and returns its token, which is shown once and not kept."""
    token = secrets.token_urlsafe(32)
    db.add(
        InvitationRow(
            token_hash=_hash(token), email=email.strip().lower(), name=name, role=role, school_id=school_id,
            authority_id=authority_id, expires=now + dt.timedelta(days=INVITATION_DAYS),
        )
    )  # fmt: skip
    db.flush()
    return token


def open_invitation(db: Session, token: str, now: dt.datetime) -> InvitationRow | None:
    """The invitation of a token, if it can still be used."""
    row = db.scalar(select(InvitationRow).where(InvitationRow.token_hash == _hash(token)))
    return row if row and row.used is None and row.expires > now else None


def use_invitation(db: Session, row: InvitationRow, now: dt.datetime) -> bool:
    """Marks an invitation as used. False when somebody used it a moment before."""
    done = db.execute(
        update(InvitationRow).where(InvitationRow.id == row.id, InvitationRow.used.is_(None)).values(used=now)
    )
    return int(getattr(done, "rowcount", 0)) == 1

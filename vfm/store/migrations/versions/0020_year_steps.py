"""a pupil's year group belongs to an academic year

Revision ID: 0020
Revises: 0019
"""

import datetime as dt

import sqlalchemy as sa
from alembic import op

from vfm.store.ids import new_id

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KNOWN = "year_group BETWEEN -2 AND 14"
PUPIL = sa.table("pupil", *(sa.column(name, sa.BigInteger()) for name in ("school_id", "id", "year_group")))
REVIEW = sa.table("review", *(sa.column(name, sa.BigInteger()) for name in ("school_id", "year")))
STEP = sa.table(
    "year_step",
    *(sa.column(name, sa.BigInteger()) for name in ("school_id", "id", "version", "pupil_id", "year", "year_group")),
)


def upgrade() -> None:
    op.create_table(
        "year_step",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("year_group", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(KNOWN, name=op.f("ck_year_step_year_group_range")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_year_step_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_year_step_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_year_step")),
        sa.UniqueConstraint("school_id", "pupil_id", "year", name=op.f("uq_year_step_school_id_pupil_id_year")),
    )
    _to_steps()
    with op.batch_alter_table("pupil", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_pupil_year_group_range"), type_="check")
        batch_op.drop_column("year_group")


def downgrade() -> None:
    known = sa.CheckConstraint(KNOWN, name=op.f("ck_pupil_year_group_range"))
    op.add_column("pupil", sa.Column("year_group", sa.BigInteger(), known, nullable=False, server_default="0"))
    _from_steps()
    with op.batch_alter_table("pupil", schema=None) as batch_op:
        batch_op.alter_column("year_group", server_default=None)
    op.drop_table("year_step")


def _newest() -> dict[int, int]:
    """The year of each school's newest review."""
    query = sa.select(REVIEW.c.school_id, sa.func.max(REVIEW.c.year)).group_by(REVIEW.c.school_id)
    return {school: year for school, year in op.get_bind().execute(query)}


def _this_year() -> int:
    today = dt.datetime.now(dt.UTC).date()
    return today.year - (today.month < 9)


def _to_steps() -> None:
    """What stood was the year group of the newest review, or of today's academic year where there is no review."""
    newest, usual = _newest(), _this_year()
    rows = [
        {
            "school_id": row.school_id, "id": new_id(), "version": 1, "pupil_id": row.id,
            "year": newest.get(row.school_id, usual), "year_group": row.year_group,
        }
        for row in op.get_bind().execute(sa.select(PUPIL))
    ]  # fmt: skip
    if rows:
        op.bulk_insert(STEP, rows)


def _from_steps() -> None:
    """The year group in the newest review's year; where it would be past the lowest or the highest, that one."""
    newest, usual = _newest(), _this_year()
    steps: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in op.get_bind().execute(sa.select(STEP)):
        steps.setdefault((row.school_id, row.pupil_id), []).append((row.year, row.year_group))
    for (school, pupil), found in steps.items():
        year = newest.get(school, usual)
        since, group = max((each for each in found if each[0] <= year), default=min(found))
        now = max(-2, min(14, group + year - since))
        pupil_is = (PUPIL.c.school_id == school) & (PUPIL.c.id == pupil)
        op.execute(PUPIL.update().where(pupil_is).values(year_group=now))

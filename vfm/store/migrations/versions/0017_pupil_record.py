"""a pupil's attendance, sessions received, views, and reviews

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        *_of_pupil("attendance"),
        sa.CheckConstraint("percent BETWEEN 0 AND 1000000", name=op.f("ck_attendance_percent_range")),
        sa.UniqueConstraint("school_id", "pupil_id", "year", name=op.f("uq_attendance_school_id_pupil_id_year")),
    )
    op.create_table(
        "pupil_view",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("intervention_id", sa.BigInteger(), nullable=True),
        sa.Column("voice", sa.String(length=10), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("worth_it", sa.Boolean(), nullable=True),
        *_of_pupil("pupil_view"),
        sa.CheckConstraint("voice IN ('pupil', 'parent')", name=op.f("ck_pupil_view_voice_known")),
        sa.ForeignKeyConstraint(
            ["school_id", "intervention_id"],
            ["intervention.school_id", "intervention.id"],
            name=op.f("fk_pupil_view_school_id_intervention_id"),
            ondelete="RESTRICT",
        ),
    )
    op.create_table(
        "pupil_review",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        *_of_pupil("pupil_review"),
        sa.CheckConstraint("kind IN ('annual', 'support', 'other')", name=op.f("ck_pupil_review_kind_known")),
    )
    with op.batch_alter_table("takes_part", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sessions_received", sa.BigInteger(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_takes_part_sessions_received_range"), "sessions_received BETWEEN 0 AND 10000000"
        )


def _of_pupil(table: str) -> tuple[sa.Column[int] | sa.Constraint, ...]:
    return (
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f(f"fk_{table}_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{table}_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    with op.batch_alter_table("takes_part", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_takes_part_sessions_received_range"), type_="check")
        batch_op.drop_column("sessions_received")
    op.drop_table("pupil_review")
    op.drop_table("pupil_view")
    op.drop_table("attendance")

"""who is waiting for what, and how a school wants pupils shown

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("waits_for", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("asked_of", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("until >= since", name=op.f("ck_waiting_days_in_order")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_waiting_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_waiting_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_waiting")),
    )
    known = sa.CheckConstraint(
        "pupils_shown IN ('name', 'initials', 'reference')", name=op.f("ck_school_pupils_shown_known")
    )
    op.add_column(
        "school", sa.Column("pupils_shown", sa.String(length=10), known, nullable=False, server_default="name")
    )


def downgrade() -> None:
    op.drop_column("school", "pupils_shown")
    op.drop_table("waiting")

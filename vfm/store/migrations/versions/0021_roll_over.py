"""how a year was turned into the next

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roll_over",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by_account", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'confirmed', 'undone')", name=op.f("ck_roll_over_state_known")),
        sa.ForeignKeyConstraint(
            ["by_account"], ["account.id"], name=op.f("fk_roll_over_by_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_roll_over_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_roll_over")),
        sa.UniqueConstraint("school_id", "year", "turn", name=op.f("uq_roll_over_school_id_year_turn")),
    )


def downgrade() -> None:
    op.drop_table("roll_over")

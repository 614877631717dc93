"""what was noticed and set aside with a reason

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "set_aside",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.String(length=64), nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_account", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_account"], ["account.id"], name=op.f("fk_set_aside_by_account"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_set_aside_school_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_set_aside_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_set_aside")),
        sa.UniqueConstraint("school_id", "key", "facts", name=op.f("uq_set_aside_school_id_key_facts")),
    )


def downgrade() -> None:
    op.drop_table("set_aside")

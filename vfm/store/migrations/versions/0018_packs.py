"""packs of a pupil, as they were made

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reader", sa.String(length=10), nullable=False),
        sa.Column("with_cost", sa.Boolean(), nullable=False),
        sa.Column("format", sa.BigInteger(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reader IN ('full', 'parent')", name=op.f("ck_pack_reader_known")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_pack_account_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_pack_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_pack_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_pack")),
        sa.UniqueConstraint("school_id", "pupil_id", "number", name=op.f("uq_pack_school_id_pupil_id_number")),
    )


def downgrade() -> None:
    op.drop_table("pack")

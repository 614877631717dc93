"""hours in Section F of a pupil's plan

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "section_f",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("per", sa.String(length=10), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("hours BETWEEN 0 AND 100000000", name=op.f("ck_section_f_hours_range")),
        sa.CheckConstraint("per IN ('week', 'year')", name=op.f("ck_section_f_per_known")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_section_f_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_section_f_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_section_f")),
        sa.UniqueConstraint("school_id", "pupil_id", name=op.f("uq_section_f_school_id_pupil_id")),
    )


def downgrade() -> None:
    op.drop_table("section_f")

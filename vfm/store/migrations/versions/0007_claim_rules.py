"""what the authority accepts in a claim

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_rules",
        sa.Column("weeks", sa.BigInteger(), nullable=True),
        sa.Column("other_costs", sa.Boolean(), nullable=False),
        sa.Column("most_hours", sa.BigInteger(), nullable=True),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("division", sa.String(length=20), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("weeks BETWEEN 0 AND 530000", name=op.f("ck_claim_rules_weeks_range")),
        sa.CheckConstraint("most_hours BETWEEN 0 AND 1680000", name=op.f("ck_claim_rules_most_hours_range")),
        sa.CheckConstraint("most BETWEEN 0 AND 9999999999", name=op.f("ck_claim_rules_most_range")),
        sa.CheckConstraint("division IN ('as-on-map', 'equally')", name=op.f("ck_claim_rules_division_known")),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_claim_rules_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_claim_rules")),
        sa.UniqueConstraint("school_id", name=op.f("uq_claim_rules_school_id")),
    )
    op.create_table(
        "not_accepted",
        sa.Column("time_kind", sa.String(length=20), nullable=True),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "time_kind IN ('intervention', 'in-class-support', 'personal-care', 'lunchtime', 'review-meeting', "
            "'agency-meeting', 'transition', 'exam-access')",
            name=op.f("ck_not_accepted_time_kind_known"),
        ),
        sa.CheckConstraint("(time_kind IS NULL) <> (role_id IS NULL)", name=op.f("ck_not_accepted_kind_or_role")),
        sa.ForeignKeyConstraint(
            ["school_id", "role_id"],
            ["staff_role.school_id", "staff_role.id"],
            name=op.f("fk_not_accepted_school_id_role_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_not_accepted_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_not_accepted")),
        sa.UniqueConstraint("school_id", "role_id", name=op.f("uq_not_accepted_school_id_role_id")),
        sa.UniqueConstraint("school_id", "time_kind", name=op.f("uq_not_accepted_school_id_time_kind")),
    )


def downgrade() -> None:
    op.drop_table("not_accepted")
    op.drop_table("claim_rules")

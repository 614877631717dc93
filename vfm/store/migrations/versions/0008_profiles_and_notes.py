"""profiles of income, and notes on variances

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def upgrade() -> None:
    # In place, not in a batch, as in 0005: the profile comes last, because its CHECK is about the months.
    for month in MONTHS:
        within = sa.CheckConstraint(f"{month} BETWEEN 0 AND 10000000000", name=op.f(f"ck_income_{month}_range"))
        op.add_column("income", sa.Column(month, sa.BigInteger(), within, nullable=True))
    every = " + ".join(f"COALESCE({month}, 0)" for month in MONTHS)
    op.add_column(
        "income",
        sa.Column(
            "profile",
            sa.String(length=20),
            sa.CheckConstraint("profile IN ('pupil-days', 'evenly', 'months')", name=op.f("ck_income_profile_known")),
            sa.CheckConstraint(f"profile <> 'months' OR {every} > 0", name=op.f("ck_income_profile_has_months")),
            server_default=sa.text("'pupil-days'"),
            nullable=False,
        ),
    )
    op.create_table(
        "variance_note",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("financial_year", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "review_id"],
            ["review.school_id", "review.id"],
            name=op.f("fk_variance_note_school_id_review_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_variance_note_school_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk_variance_note_written_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_variance_note")),
        sa.UniqueConstraint(
            "school_id", "review_id", "financial_year", "key",
            name=op.f("uq_variance_note_school_id_review_id_financial_year_key"),
        ),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("variance_note")
    for column in ("profile", *reversed(MONTHS)):
        op.drop_column("income", column)

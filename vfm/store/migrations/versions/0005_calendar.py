"""calendar, and the school's own tolerance

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_calendar_confirmed_whole")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_calendar_confirmed_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_calendar_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_calendar")),
        sa.UniqueConstraint("school_id", "year", name=op.f("uq_calendar_school_id_year")),
    )
    op.create_table(
        "closed_days",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('half-term', 'bank-holiday', 'inset', 'other')", name=op.f("ck_closed_days_kind_known")
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_closed_days_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["school_id", "year"],
            ["calendar.school_id", "calendar.year"],
            name=op.f("fk_closed_days_school_id_year"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_closed_days_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_closed_days")),
    )
    op.create_table(
        "term",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_term_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["school_id", "year"],
            ["calendar.school_id", "calendar.year"],
            name=op.f("fk_term_school_id_year"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_term_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_term")),
        sa.UniqueConstraint("school_id", "year", "name", name=op.f("uq_term_school_id_year_name")),
    )
    # Not in a batch: on SQLite a batch with a CHECK makes the table anew and drops the old one, and every row of every
    # school goes with it (ON DELETE CASCADE). A column that brings its own CHECK and default is added in place.
    op.add_column(
        "school",
        sa.Column(
            "tolerance",
            sa.BigInteger(),
            sa.CheckConstraint("tolerance BETWEEN 0 AND 1000000", name=op.f("ck_school_tolerance_range")),
            server_default=sa.text("50000"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("school", "tolerance")
    op.drop_table("term")
    op.drop_table("closed_days")
    op.drop_table("calendar")

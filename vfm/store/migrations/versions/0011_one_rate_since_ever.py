"""one rate since ever for a role on a card

A UNIQUE over the day does not hold where the day is empty, so that a form sent twice at the same instant could make two
rates since ever. Of such twins the first stays.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SINCE_EVER = sa.text("starts IS NULL")


def upgrade() -> None:
    op.execute(
        "DELETE FROM rate WHERE starts IS NULL AND EXISTS (SELECT 1 FROM rate AS first WHERE first.starts IS NULL "
        "AND first.school_id = rate.school_id AND first.role_id = rate.role_id AND first.card = rate.card "
        "AND first.id < rate.id)"
    )
    op.create_index(
        "uq_rate_since_ever", "rate", ["school_id", "role_id", "card"], unique=True,
        sqlite_where=SINCE_EVER, postgresql_where=SINCE_EVER,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("uq_rate_since_ever", table_name="rate")

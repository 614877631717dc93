"""pupils who were erased, and how long a school keeps pupils' data

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pupil", sa.Column("erased", sa.Date(), nullable=True))
    within = sa.CheckConstraint("pupils_kept BETWEEN 1 AND 50", name=op.f("ck_school_pupils_kept_range"))
    op.add_column("school", sa.Column("pupils_kept", sa.BigInteger(), within, nullable=True))


def downgrade() -> None:
    op.drop_column("school", "pupils_kept")
    op.drop_column("pupil", "erased")

"""the bridge from the map to the ledger: time not tied to an intervention, typed lines

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bridge_entry",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("heading", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("ground", sa.String(length=200), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "heading IN ('absence', 'cover', 'recoveries', 'rates', 'accruals', 'never-mapped')",
            name=op.f("ck_bridge_entry_heading_known"),
        ),
        sa.CheckConstraint("amount BETWEEN -9999999999 AND 9999999999", name=op.f("ck_bridge_entry_amount_range")),
        sa.CheckConstraint(
            "heading IN ('rates', 'accruals') OR amount >= 0", name=op.f("ck_bridge_entry_sign_fits_heading")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_bridge_entry_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_bridge_entry")),
    )
    op.create_table(
        "time_not_tied",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("sen_share", sa.BigInteger(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('senco', 'co-ordination', 'reviews', 'not-on-map')", name=op.f("ck_time_not_tied_kind_known")
        ),
        sa.CheckConstraint("hours BETWEEN 0 AND 1000000000", name=op.f("ck_time_not_tied_hours_range")),
        sa.CheckConstraint("sen_share BETWEEN 0 AND 1000000", name=op.f("ck_time_not_tied_sen_share_range")),
        sa.ForeignKeyConstraint(
            ["school_id", "role_id"],
            ["staff_role.school_id", "staff_role.id"],
            name=op.f("fk_time_not_tied_school_id_role_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_time_not_tied_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_time_not_tied")),
    )


def downgrade() -> None:
    op.drop_table("time_not_tied")
    op.drop_table("bridge_entry")

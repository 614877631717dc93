"""lessons, what pupils enjoy and are good at, and when sessions begin

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lesson",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("year_group", sa.BigInteger(), nullable=True),
        sa.Column("pupil_id", sa.BigInteger(), nullable=True),
        sa.Column("weekday", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.BigInteger(), nullable=True),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(year_group IS NULL) <> (pupil_id IS NULL)", name=op.f("ck_lesson_of_group_or_pupil")),
        sa.CheckConstraint("year_group BETWEEN -2 AND 14", name=op.f("ck_lesson_year_group_range")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 4", name=op.f("ck_lesson_weekday_range")),
        sa.CheckConstraint("week BETWEEN 1 AND 2", name=op.f("ck_lesson_week_range")),
        sa.CheckConstraint("starts BETWEEN 0 AND 1438", name=op.f("ck_lesson_starts_range")),
        sa.CheckConstraint("ends BETWEEN 1 AND 1439 AND ends > starts", name=op.f("ck_lesson_times_in_order")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_lesson_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_lesson_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_lesson")),
    )
    op.create_table(
        "likes",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("enjoys", sa.String(length=200), nullable=False),
        sa.Column("good_at", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_likes_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_likes_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_likes")),
        sa.UniqueConstraint("school_id", "pupil_id", name=op.f("uq_likes_school_id_pupil_id")),
    )
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("starts", sa.BigInteger(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_slot_starts_range"), "starts BETWEEN 0 AND 1439")


def downgrade() -> None:
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_slot_starts_range"), type_="check")
        batch_op.drop_column("starts")

    op.drop_table("likes")
    op.drop_table("lesson")

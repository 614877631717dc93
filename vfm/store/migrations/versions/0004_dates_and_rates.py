"""Days on which interventions run and pupils take part, SEN status by day, and pay awards

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "not_run",
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column("sessions", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("sessions BETWEEN 0 AND 100000000", name=op.f("ck_not_run_sessions_range")),
        sa.ForeignKeyConstraint(
            ["school_id", "intervention_id"],
            ["intervention.school_id", "intervention.id"],
            name=op.f("fk_not_run_school_id_intervention_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_not_run_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_not_run")),
    )
    op.create_table(
        "sen_status",
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=1), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("status IN ('N', 'K', 'E')", name=op.f("ck_sen_status_status_known")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_sen_status_school_id_pupil_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_sen_status_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_sen_status")),
        sa.UniqueConstraint("school_id", "pupil_id", "starts", name=op.f("uq_sen_status_school_id_pupil_id_starts")),
    )
    op.create_table(
        "session_day",
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "intervention_id"],
            ["intervention.school_id", "intervention.id"],
            name=op.f("fk_session_day_school_id_intervention_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["school.id"], name=op.f("fk_session_day_school_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_session_day")),
    )
    op.create_table(
        "slot",
        sa.Column("intervention_id", sa.BigInteger(), nullable=False),
        sa.Column("weekday", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.BigInteger(), nullable=True),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 10000000", name=op.f("ck_slot_minutes_range")),
        sa.CheckConstraint("week BETWEEN 1 AND 2", name=op.f("ck_slot_week_range")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 4", name=op.f("ck_slot_weekday_range")),
        sa.ForeignKeyConstraint(
            ["school_id", "intervention_id"],
            ["intervention.school_id", "intervention.id"],
            name=op.f("fk_slot_school_id_intervention_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_slot_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_slot")),
    )
    with op.batch_alter_table("giver", schema=None) as batch_op:
        batch_op.add_column(sa.Column("preparation_minutes", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("per_hour", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("staff_id", sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_giver_school_id_staff_id"),
            "staff",
            ["school_id", "staff_id"],
            ["school_id", "id"],
            ondelete="RESTRICT",
        )
        batch_op.create_check_constraint(
            op.f("ck_giver_preparation_minutes_range"), "preparation_minutes BETWEEN 0 AND 10000000"
        )
        batch_op.create_check_constraint(op.f("ck_giver_per_hour_range"), "per_hour BETWEEN 0 AND 1000000000")
        batch_op.create_check_constraint(op.f("ck_giver_price_if_agency"), "per_hour IS NULL OR kind = 'agency'")
        batch_op.create_check_constraint(op.f("ck_giver_person_if_staff"), "staff_id IS NULL OR kind = 'staff'")

    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_intervention_counted_range"), "counted BETWEEN 0 AND 100000000")
        batch_op.create_check_constraint(op.f("ck_intervention_days_in_order"), "ends_on >= starts_on")

    with op.batch_alter_table("pupil", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joined", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("left", sa.Date(), nullable=True))

        batch_op.create_check_constraint(op.f("ck_pupil_days_in_order"), '"left" >= joined')

    with op.batch_alter_table("rate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("award", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("award_percent", sa.BigInteger(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_rate_award_percent_range"), "award_percent BETWEEN 0 AND 1000000")

    with op.batch_alter_table("takes_part", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joined", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("left", sa.Date(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_takes_part_days_in_order"), '"left" >= joined')
    with op.batch_alter_table("rate", schema=None) as batch_op:  # the rates there are no awards; new ones say so
        batch_op.alter_column("award", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("takes_part", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_takes_part_days_in_order"), type_="check")
        batch_op.drop_column("left")
        batch_op.drop_column("joined")

    with op.batch_alter_table("rate", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_rate_award_percent_range"), type_="check")
        batch_op.drop_column("award_percent")
        batch_op.drop_column("award")

    with op.batch_alter_table("pupil", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_pupil_days_in_order"), type_="check")
        batch_op.drop_column("left")
        batch_op.drop_column("joined")

    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_intervention_days_in_order"), type_="check")
        batch_op.drop_constraint(op.f("ck_intervention_counted_range"), type_="check")
        batch_op.drop_column("starts_on")
        batch_op.drop_column("counted")

    with op.batch_alter_table("giver", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_giver_person_if_staff"), type_="check")
        batch_op.drop_constraint(op.f("ck_giver_price_if_agency"), type_="check")
        batch_op.drop_constraint(op.f("ck_giver_per_hour_range"), type_="check")
        batch_op.drop_constraint(op.f("ck_giver_preparation_minutes_range"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_giver_school_id_staff_id"), type_="foreignkey")
        batch_op.drop_column("staff_id")
        batch_op.drop_column("per_hour")
        batch_op.drop_column("preparation_minutes")

    op.drop_table("slot")
    op.drop_table("session_day")
    op.drop_table("sen_status")
    op.drop_table("not_run")

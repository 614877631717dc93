"""what a file says of a pupil, a school's own number, and two more kinds of sheet

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NEEDS = "'SPLD', 'MLD', 'SLD', 'PMLD', 'SEMH', 'SLCN', 'HI', 'VI', 'MSI', 'PD', 'ASD', 'DS', 'OTH', 'NSA'"
KINDS = "'ledger', 'income', 'provision-map'"
COLUMNS = ("upn", "reference", "class_name", "second_need", "sex", "fsm", "looked_after")


def upgrade() -> None:
    need = sa.CheckConstraint(f"second_need IN ({NEEDS})", name=op.f("ck_pupil_second_need_known"))
    sex = sa.CheckConstraint("sex IN ('F', 'M')", name=op.f("ck_pupil_sex_known"))
    op.add_column("pupil", sa.Column("upn", sa.String(length=13), nullable=True))
    op.add_column("pupil", sa.Column("reference", sa.String(length=50), nullable=True))
    op.add_column("pupil", sa.Column("class_name", sa.String(length=50), nullable=True))
    op.add_column("pupil", sa.Column("second_need", sa.String(length=4), need, nullable=True))
    op.add_column("pupil", sa.Column("sex", sa.String(length=1), sex, nullable=True))
    op.add_column("pupil", sa.Column("fsm", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("pupil", sa.Column("looked_after", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("uq_pupil_upn", "pupil", ["school_id", "upn"], unique=True)
    op.add_column("school", sa.Column("urn", sa.String(length=6), nullable=True))
    _kinds(f"{KINDS}, 'pupils', 'school-details'")


def downgrade() -> None:
    op.execute("DELETE FROM import_draft WHERE kind IN ('pupils', 'school-details')")
    op.execute("DELETE FROM column_match WHERE kind IN ('pupils', 'school-details')")
    _kinds(KINDS)
    op.drop_column("school", "urn")
    op.drop_index("uq_pupil_upn", table_name="pupil")
    with op.batch_alter_table(
        "pupil", schema=None
    ) as batch_op:  # a later step may have made the table anew, CHECKs and all
        for known in ("second_need", "sex"):
            batch_op.drop_constraint(op.f(f"ck_pupil_{known}_known"), type_="check")
        for column in reversed(COLUMNS):
            batch_op.drop_column(column)


def _kinds(known: str) -> None:
    for table in ("import_draft", "column_match"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_kind_known"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_kind_known"), f"kind IN ({known})")

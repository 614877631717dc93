"""programmes: a table of the school's own, in place of a text on each intervention

Revision ID: 0006
Revises: 0005
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OLD = sa.table(
    "intervention", sa.column("school_id", sa.BigInteger), sa.column("id", sa.BigInteger), sa.column("programme", sa.String),
    sa.column("programme_id", sa.BigInteger), sa.column("tier", sa.String), sa.column("need", sa.String),
)  # fmt: skip
NEW = sa.table(
    "programme", sa.column("school_id", sa.BigInteger), sa.column("id", sa.BigInteger), sa.column("version", sa.BigInteger),
    sa.column("name", sa.String), sa.column("aliases", sa.Text), sa.column("kind", sa.String), sa.column("tier", sa.String),
    sa.column("need", sa.String), sa.column("notes", sa.Text),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=False),
        sa.Column("need", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("sessions_a_week", sa.BigInteger(), nullable=True),
        sa.Column("weeks", sa.BigInteger(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("library", sa.String(length=200), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 10000000", name=op.f("ck_programme_minutes_range")),
        sa.CheckConstraint("sessions_a_week BETWEEN 0 AND 1000000", name=op.f("ck_programme_sessions_a_week_range")),
        sa.CheckConstraint("tier IN ('universal', 'targeted', 'specialist')", name=op.f("ck_programme_tier_known")),
        sa.CheckConstraint("weeks BETWEEN 0 AND 530000", name=op.f("ck_programme_weeks_range")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_programme_school_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "id", name=op.f("pk_programme")),
        sa.UniqueConstraint("school_id", "library", name=op.f("uq_programme_school_id_library")),
        sa.UniqueConstraint("school_id", "name", name=op.f("uq_programme_school_id_name")),
    )
    op.add_column("intervention", sa.Column("programme_id", sa.BigInteger(), nullable=True))
    _texts_become_programmes()
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_intervention_school_id_programme_id"), "programme", ["school_id", "programme_id"],
            ["school_id", "id"], ondelete="RESTRICT",
        )  # fmt: skip
        batch_op.drop_column("programme")


def _texts_become_programmes() -> None:
    """What one school wrote in one way, but for case, spaces and punctuation, is one programme, named as it was written first.

    Its id is that of the first intervention that named it, and so are its tier and need.
    """
    connection = op.get_bind()
    query = sa.select(OLD.c.school_id, OLD.c.id, OLD.c.programme, OLD.c.tier, OLD.c.need).where(OLD.c.programme != "")
    made: dict[tuple[int, str], int] = {}
    for row in connection.execute(query.order_by(OLD.c.school_id, OLD.c.id)).all():
        key = row.school_id, _folded(row.programme)
        if key not in made:
            made[key] = row.id
            connection.execute(sa.insert(NEW).values(_programme(row)))
        this = (OLD.c.school_id == row.school_id) & (OLD.c.id == row.id)
        connection.execute(sa.update(OLD).where(this).values(programme_id=made[key]))


def _programme(row: Any) -> dict[str, Any]:
    values = {"school_id": row.school_id, "id": row.id, "name": row.programme, "tier": row.tier, "need": row.need}
    return values | {"version": 1, "aliases": "", "kind": "", "notes": ""}


def _folded(name: str) -> str:
    """As names were compared when this was written."""
    spoken = str.maketrans({"&": " and ", "@": " at ", "+": " plus ", "™": " ", "®": " ", "©": " "})
    text = name.translate(spoken)
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text).translate(spoken).casefold()
    return unicodedata.normalize("NFKC", _joined(_parts(text))) or " ".join(name.split())


def _parts(text: str) -> list[str]:
    return "".join(" " if unicodedata.category(letter)[0] in "PZC" else letter for letter in text).split()


def _joined(parts: Iterable[str]) -> str:
    kept = ""
    for part in parts:
        kept += f" {part}" if kept and kept[-1].isnumeric() and part[0].isnumeric() else part
    return kept


def downgrade() -> None:
    op.add_column("intervention", sa.Column("programme", sa.String(length=200), nullable=True))
    connection = op.get_bind()
    same = (NEW.c.school_id == OLD.c.school_id) & (NEW.c.id == OLD.c.programme_id)
    name = sa.select(NEW.c.name).where(same).scalar_subquery()
    connection.execute(sa.update(OLD).values(programme=sa.func.coalesce(name, "")))
    with op.batch_alter_table("intervention", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_intervention_school_id_programme_id"), type_="foreignkey")
        batch_op.drop_column("programme_id")
        batch_op.alter_column("programme", existing_type=sa.String(length=200), nullable=False)
    op.drop_table("programme")

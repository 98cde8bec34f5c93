"""Reminders of a unit's period can be held back by the office."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:

    with op.batch_alter_table("reminder_pause", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_reminder_pause_unit_id_unit"), "unit", ["unit_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_reminder_pause_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:
    """What the office held back is held back no longer: the earlier table knows no units."""
    op.execute("DELETE FROM reminder_pause WHERE person_id IS NULL")

    with op.batch_alter_table("reminder_pause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_pause_unit_id"))
        batch_op.drop_constraint(batch_op.f("fk_reminder_pause_unit_id_unit"), type_="foreignkey")
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("unit_id")

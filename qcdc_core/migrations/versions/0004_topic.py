"""Messages that only asked something are told apart."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:

    with op.batch_alter_table("inbound_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic", sa.String(length=10), nullable=True))


def downgrade() -> None:

    with op.batch_alter_table("inbound_message", schema=None) as batch_op:
        batch_op.drop_column("topic")

"""What an installation says of a day: off, or worked."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:

    with op.batch_alter_table("holiday", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_off", sa.Boolean(), server_default=sa.true(), nullable=False)
        )


def downgrade() -> None:

    with op.batch_alter_table("holiday", schema=None) as batch_op:
        batch_op.drop_column("is_off")

"""Ledgers of windows and quotas; messages that went to another chat of the same person."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "channel_account",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=100), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rest_reason", sa.String(length=40), nullable=True),
        sa.Column("paid_a_month", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_channel_account")),
    )
    op.create_table(
        "channel_month",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=100), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "month", name=op.f("pk_channel_month")),
    )
    op.create_table(
        "contact_window",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("contact_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_contact_window_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_contact_window")),
    )
    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moved_from", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_outbound_message_moved_from"), ["moved_from"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outbound_message_moved_from_outbound_message"),
            "outbound_message",
            ["moved_from"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_outbound_message_moved_from_outbound_message"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("uq_outbound_message_moved_from"), type_="unique")
        batch_op.drop_column("moved_from")
    op.drop_table("contact_window")
    op.drop_table("channel_month")
    op.drop_table("channel_account")

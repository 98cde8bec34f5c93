"""Sealed tokens, codes that link a person's chats, telephone numbers of invitations."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "channel_token",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=100), nullable=False),
        sa.Column("access_sealed", sa.Text(), nullable=False),
        sa.Column("refresh_sealed", sa.Text(), nullable=False),
        sa.Column("access_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_by", sa.String(length=40), nullable=True),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_channel_token")),
    )
    _link_code()
    _channel_link()
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone_mark", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_invitation_phone_mark"), ["phone_mark"])


def _link_code() -> None:
    op.create_table(
        "link_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_link_code_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_link_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_link_code_code_digest")),
    )
    op.create_index(op.f("ix_link_code_person_id"), "link_code", ["person_id"])


def _channel_link() -> None:
    op.create_table(
        "channel_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unlinked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_channel_link_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_channel_link_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_link")),
    )
    op.create_index(op.f("ix_channel_link_conversation_id"), "channel_link", ["conversation_id"])
    op.create_index(op.f("ix_channel_link_person_id"), "channel_link", ["person_id"])


def downgrade() -> None:
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_phone_mark"))
        batch_op.drop_column("phone_mark")
    op.drop_table("channel_link")
    op.drop_table("link_code")
    op.drop_table("channel_token")

"""Consent by purpose with its words, the register of requests, erased people, files that go out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "consent_notice",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_consent_notice")),
    )
    _data_request()
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attachment", sa.JSON(), nullable=True))
    _reminding_consents()


def _data_request() -> None:
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=43), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_for", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_data_request_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["admin_user.id"], name=op.f("fk_data_request_done_by_admin_user")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["admin_user.id"], name=op.f("fk_data_request_made_by_admin_user")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_data_request_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
        sa.UniqueConstraint("key", name=op.f("uq_data_request_key")),
    )
    for columns in (["done_at", "due_on"], ["person_id"], ["conversation_id"]):
        name = op.f(f"ix_data_request_{'_'.join(columns)}")
        op.create_index(name, "data_request", columns)


def _reminding_consents() -> None:
    """The notice used until now named reminders among its purposes, under one consent for all."""
    op.execute(
        "INSERT INTO consent "
        "(person_id, purpose, notice_digest, given_at, withdrawn_at, message_id) "
        "SELECT person_id, 'reminding', notice_digest, given_at, withdrawn_at, message_id "
        "FROM consent WHERE purpose = 'reporting'"
    )


def downgrade() -> None:
    op.execute("DELETE FROM consent WHERE purpose = 'reminding'")
    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.drop_column("attachment")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("erased_at")
    op.drop_table("data_request")
    op.drop_table("consent_notice")

"""Own words for figures, pieces not understood, units of land."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:

    op.create_table(
        "learned_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("phrase", sa.String(length=60), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["admin_user.id"], name=op.f("fk_learned_word_made_by_admin_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_word")),
        sa.UniqueConstraint("form", "phrase", name=op.f("uq_learned_word_form_phrase")),
    )
    op.create_table(
        "land_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column(
            "square_metres", sa.Numeric(24, 4).with_variant(sa.String(30), "sqlite"), nullable=False
        ),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["inbound_message.id"],
            name=op.f("fk_land_unit_message_id_inbound_message"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_land_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_land_unit")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_land_unit_unit_id_name")),
    )
    op.create_table(
        "unread_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["inbound_message.id"],
            name=op.f("fk_unread_piece_message_id_inbound_message"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unread_piece")),
        sa.UniqueConstraint("message_id", "place", name=op.f("uq_unread_piece_message_id_place")),
    )
    with op.batch_alter_table("unread_piece", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unread_piece_settled_at"), ["settled", "at"], unique=False
        )


def downgrade() -> None:

    with op.batch_alter_table("unread_piece", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unread_piece_settled_at"))

    op.drop_table("unread_piece")
    op.drop_table("land_unit")
    op.drop_table("learned_word")

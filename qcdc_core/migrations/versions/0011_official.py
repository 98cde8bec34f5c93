"""Official texts, letter by letter, and the places of the law that a reply rests on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "official_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_text")),
        sa.UniqueConstraint(
            "document", "in_force_from", name=op.f("uq_official_text_document_in_force_from")
        ),
    )
    op.create_table(
        "official_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("chapter", sa.String(length=400), nullable=False),
        sa.Column("section", sa.String(length=400), nullable=False),
        sa.Column("article", sa.String(length=10), nullable=False),
        sa.Column("clause", sa.String(length=10), nullable=True),
        sa.Column("point", sa.String(length=10), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["official_text.id"],
            name=op.f("fk_official_part_text_id_official_text"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_part")),
        sa.UniqueConstraint("text_id", "place", name=op.f("uq_official_part_text_id_place")),
    )
    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cited", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.drop_column("cited")
    op.drop_table("official_part")
    op.drop_table("official_text")

"""The monthly notice of the use of official cars, as it was published."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "use_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("trips", sa.Integer(), nullable=False),
        sa.Column("kilometres", sa.Integer(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_use_notice_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_use_notice")),
    )
    op.create_index(op.f("ix_use_notice_month"), "use_notice", ["month"])


def downgrade() -> None:
    op.drop_index(op.f("ix_use_notice_month"), table_name="use_notice")
    op.drop_table("use_notice")

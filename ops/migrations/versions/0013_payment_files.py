"""Files of payments, held payments, and why a budget was changed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("budget_change") as batch:
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "payment_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("already", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_payment_file_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_file")),
    )
    op.create_table(
        "payment_fault",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["payment_file.id"], name=op.f("fk_payment_fault_file_id_payment_file")),
        sa.PrimaryKeyConstraint("file_id", "line", name=op.f("pk_payment_fault")),
    )
    op.create_table(
        "held_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("payee_kind", sa.String(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["payment_file.id"], name=op.f("fk_held_payment_file_id_payment_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_payment")),
        sa.UniqueConstraint("code", "voucher", name=op.f("uq_held_payment_code_voucher")),
    )
    op.create_table(
        "held_decision",
        sa.Column("held_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["held_id"], ["held_payment.id"], name=op.f("fk_held_decision_held_id_held_payment")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_held_decision_payment_id_payment")),
        sa.PrimaryKeyConstraint("held_id", name=op.f("pk_held_decision")),
    )


def downgrade() -> None:
    for table in ("held_decision", "held_payment", "payment_fault", "payment_file"):
        op.drop_table(table)
    with op.batch_alter_table("budget_change") as batch:
        batch.drop_column("reason")

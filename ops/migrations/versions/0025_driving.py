"""Vehicles: what the driver's phone sends, and reminders of late returns."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _dispatch(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["dispatch_id"], ["dispatch.id"], name=op.f(f"fk_{table}_dispatch_id_dispatch"))


def _moment(name: str) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(), nullable=False)


def _text(name: str) -> sa.Column[sa.String]:
    return sa.Column(name, sa.String(), nullable=False)


def _number(name: str, nullable: bool = False) -> sa.Column[sa.Integer]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "trip_expense",
        _number("id"), _number("dispatch_id"), _text("kind"),
        sa.Column("amount", sa.BigInteger(), nullable=False), sa.Column("litres", sa.BigInteger(), nullable=True),
        _number("photo_id", True), _moment("at"), _text("by"),
        sa.CheckConstraint("amount > 0", name=op.f("ck_trip_expense_amount_positive")),
        _dispatch("trip_expense"),
        sa.ForeignKeyConstraint(["photo_id"], ["attachment.id"], name=op.f("fk_trip_expense_photo_id_attachment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_expense")),
    )  # fmt: skip
    op.create_index(op.f("ix_trip_expense_dispatch_id"), "trip_expense", ["dispatch_id"])
    op.create_table(
        "dial_photo",
        _number("id"), _number("dispatch_id"), _text("source"), _number("attachment_id"), _moment("at"), _text("by"),
        _dispatch("dial_photo"),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_dial_photo_attachment_id_attachment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dial_photo")),
    )  # fmt: skip
    op.create_index(op.f("ix_dial_photo_dispatch_id"), "dial_photo", ["dispatch_id"])
    op.create_table(
        "kilometre_signature",
        _number("dispatch_id"), _text("name"), _text("phone_tail"), _number("kilometres"), _moment("at"), _text("by"),
        _dispatch("kilometre_signature"),
        sa.PrimaryKeyConstraint("dispatch_id", name=op.f("pk_kilometre_signature")),
    )  # fmt: skip
    op.create_table(
        "sent_once",
        _text("key"), _number("dispatch_id"), _text("kind"), _moment("at"), _text("by"),
        _dispatch("sent_once"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sent_once")),
    )  # fmt: skip
    op.create_table(
        "overdue_reminder",
        _number("id"), _number("dispatch_id"), _text("whom"), _moment("due_at"), _moment("at"),
        _dispatch("overdue_reminder"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overdue_reminder")),
        sa.UniqueConstraint("dispatch_id", "whom", "due_at", name="uq_overdue_reminder"),
    )  # fmt: skip


def downgrade() -> None:
    for table in ("overdue_reminder", "sent_once", "kilometre_signature", "dial_photo", "trip_expense"):
        op.drop_table(table)

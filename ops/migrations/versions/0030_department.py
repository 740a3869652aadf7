"""The department's own target table: its kind, its duties, its basic expenditure."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme", sa.Column("kind", sa.String(), nullable=False, server_default="project"))
    op.add_column("indicator", sa.Column("duty", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "duty_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_duty_goal_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_goal")),
        sa.UniqueConstraint("programme_id", "section", name=op.f("uq_duty_goal_programme_id_section")),
    )
    op.create_table(
        "basic_expenditure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("initial", sa.BigInteger(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("executed", sa.BigInteger(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_basic_expenditure_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_basic_expenditure_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basic_expenditure")),
    )
    op.create_index(op.f("ix_basic_expenditure_programme_id"), "basic_expenditure", ["programme_id"])


def downgrade() -> None:
    """The department's tables go with what hangs on them: without their kind they would be taken for projects."""
    department = "SELECT id FROM programme WHERE kind = 'department'"
    rows = f"SELECT id FROM indicator WHERE programme_id IN ({department})"
    for table in ("indicator_binding", "definition", "judgement", "settled_target", "indicator_weight", "quality_note"):
        op.execute(f"DELETE FROM {table} WHERE indicator_id IN ({rows})")
    signatures = f"SELECT id FROM form_signature WHERE programme_id IN ({department})"
    op.execute(f"DELETE FROM signature_withdrawal WHERE signature_id IN ({signatures})")
    for table in ("indicator", "deviation_reason", "weight_revision", "form_signature", "kept_report", "kept_pack", "target_version"):
        op.execute(f"DELETE FROM {table} WHERE programme_id IN ({department})")
    op.drop_index(op.f("ix_basic_expenditure_programme_id"), table_name="basic_expenditure")
    op.drop_table("basic_expenditure")
    op.drop_table("duty_goal")
    op.execute("DELETE FROM programme WHERE kind = 'department'")
    op.drop_column("indicator", "duty")
    op.drop_column("programme", "kind")

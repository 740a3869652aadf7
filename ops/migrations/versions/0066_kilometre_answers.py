"""What the vehicle section found on a unit's objection to the kilometres of a trip."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kilometre_answer",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("kilometres", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"], ["kilometre_check.id"], name=op.f("fk_kilometre_answer_check_id_kilometre_check")
        ),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_kilometre_answer")),
    )

    op.create_index("ix_kilometre_check_agreed", "kilometre_check", ["agreed"])


def downgrade() -> None:
    op.drop_index("ix_kilometre_check_agreed", "kilometre_check")
    op.drop_table("kilometre_answer")

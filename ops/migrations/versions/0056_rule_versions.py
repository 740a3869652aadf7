"""Later versions of the rules of vehicles; and the case of article 7 that a car falls under."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("ends", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_version")),
    )
    op.create_index(op.f("ix_rule_version_rule"), "rule_version", ["rule"])
    op.add_column("car_file", sa.Column("ceiling_case", sa.String(), nullable=False, server_default="usual"))
    op.execute("UPDATE car_file SET ceiling_case = 'special' WHERE special IS NOT NULL AND special <> ''")


def downgrade() -> None:
    with op.batch_alter_table("car_file") as batch:
        batch.drop_column("ceiling_case")
    op.drop_index(op.f("ix_rule_version_rule"), table_name="rule_version")
    op.drop_table("rule_version")

"""Monitoring in the year: rules, notes, versions that were handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "monitoring_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_setting")),
    )
    op.create_index(op.f("ix_monitoring_setting_name"), "monitoring_setting", ["name"])
    op.create_table(
        "monitoring_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("causes", sa.String(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("expected", sa.String(), nullable=False),
        sa.Column("likelihood", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_monitoring_note_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_note")),
    )
    op.create_index("ix_monitoring_note_programme_id_month", "monitoring_note", ["programme_id", "month"])
    op.create_table(
        "monitoring_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("light", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_monitoring_version_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitoring_version")),
        sa.UniqueConstraint(
            "programme_id", "month", "version", name=op.f("uq_monitoring_version_programme_id_month_version")
        ),
    )


def downgrade() -> None:
    for table in ("monitoring_version", "monitoring_note", "monitoring_setting"):
        op.drop_table(table)

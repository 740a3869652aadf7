"""Settled targets, versions of targets, quality of sources, formulas, surveys."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("indicator_binding", sa.Column("formula", sa.Text(), nullable=True))
    for name in ("sign_text", "unit_text"):
        op.add_column("indicator", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_table(
        "settled_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("of_text", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_settled_target_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_target")),
    )
    op.create_index(op.f("ix_settled_target_indicator_id"), "settled_target", ["indicator_id"])
    op.create_table(
        "target_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_target_version_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_version")),
        sa.UniqueConstraint("programme_id", "number", name="uq_target_version_programme_id_number"),
    )
    op.create_table(
        "quality_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("accuracy", sa.Text(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("compensated", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_quality_note_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_note")),
    )
    op.create_index(op.f("ix_quality_note_indicator_id"), "quality_note", ["indicator_id"])
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("satisfied_from", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("year", "title", name="uq_survey_year_title"),
        sa.UniqueConstraint("token", name="uq_survey_token"),
    )
    op.create_table(
        "survey_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        *(sa.Column(f"grade{n}", sa.Integer(), nullable=False) for n in (5, 4, 3, 2, 1)),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("grade5 + grade4 + grade3 + grade2 + grade1 + invalid > 0", name=op.f("ck_survey_entry_some")),
        sa.CheckConstraint("satisfied <= valid", name=op.f("ck_survey_entry_share")),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_survey_entry_attachment_id_attachment")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_entry_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_entry")),
    )
    op.create_index(op.f("ix_survey_entry_survey_id"), "survey_entry", ["survey_id"])
    op.create_table(
        "survey_reversal",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["survey_entry.id"], name=op.f("fk_survey_reversal_entry_id_survey_entry")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_survey_reversal")),
    )


def downgrade() -> None:
    for name in ("survey_reversal", "survey_entry", "survey", "quality_note", "target_version", "settled_target"):
        op.drop_table(name)
    op.drop_column("indicator", "unit_text")
    op.drop_column("indicator", "sign_text")
    op.drop_column("indicator_binding", "formula")

"""Targets: doubts kept with a row and settled early; files looked at; surveys: several questions, files of papers."""

import sqlalchemy as sa
from alembic import op


revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handed_in",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_handed_in_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_handed_in")),
    )
    op.create_table(
        "early_settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("of_text", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_early_settlement_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_settlement")),
    )
    op.create_index(op.f("ix_early_settlement_attachment_id"), "early_settlement", ["attachment_id"])
    op.add_column("indicator", sa.Column("doubts", sa.String(), nullable=False, server_default=""))
    _questions()
    _papers()


def _questions() -> None:
    """What each survey asked so far is its first question, and every answer was to it."""
    op.create_table(
        "survey_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_question_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_question")),
        sa.UniqueConstraint("survey_id", "number", name="uq_survey_question_survey_id_number"),
    )
    op.execute("INSERT INTO survey_question (survey_id, number, text) SELECT id, 1, question FROM survey ORDER BY id")
    op.add_column("survey_entry", sa.Column("question_id", sa.Integer(), nullable=True))
    op.add_column("survey_entry", sa.Column("code", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE survey_entry SET question_id = "
        "(SELECT id FROM survey_question WHERE survey_question.survey_id = survey_entry.survey_id)"
    )
    with op.batch_alter_table("survey_entry") as batch:
        batch.alter_column("question_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(
            op.f("fk_survey_entry_question_id_survey_question"), "survey_question", ["question_id"], ["id"]
        )
    numbered = sa.text("code <> ''")
    op.create_index(
        "uq_survey_entry_paper",
        "survey_entry",
        ["survey_id", "question_id", "code"],
        unique=True,
        sqlite_where=numbered,
        postgresql_where=numbered,
    )


def _papers() -> None:
    op.create_table(
        "answer_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("already", sa.Integer(), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_answer_file_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_answer_file_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_file")),
    )
    op.create_index(op.f("ix_answer_file_survey_id"), "answer_file", ["survey_id"])
    op.create_table(
        "answer_fault",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["answer_file.id"], name=op.f("fk_answer_fault_file_id_answer_file")),
        sa.PrimaryKeyConstraint("file_id", "line", name=op.f("pk_answer_fault")),
    )


def downgrade() -> None:
    op.drop_table("answer_fault")
    op.drop_index(op.f("ix_answer_file_survey_id"), table_name="answer_file")
    op.drop_table("answer_file")
    op.drop_index("uq_survey_entry_paper", table_name="survey_entry")
    with op.batch_alter_table("survey_entry") as batch:
        batch.drop_constraint(op.f("fk_survey_entry_question_id_survey_question"), type_="foreignkey")
        batch.drop_column("code")
        batch.drop_column("question_id")
    op.drop_table("survey_question")
    with op.batch_alter_table("indicator") as batch:
        batch.drop_column("doubts")
    op.drop_index(op.f("ix_early_settlement_attachment_id"), table_name="early_settlement")
    op.drop_table("early_settlement")
    op.drop_table("handed_in")

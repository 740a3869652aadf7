"""A corrected paper bears the number of the voided one, as its next edition."""

import sqlalchemy as sa
from alembic import op


revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

NUMBERED = sa.text("code <> ''")
PAPER = ["survey_id", "question_id", "code"]


def upgrade() -> None:
    op.add_column("survey_entry", sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
    _index([*PAPER, "edition"])


def downgrade() -> None:
    """Of the editions of a paper the newest keeps the number; the voided ones before it have it in their note alone."""
    op.execute(
        "UPDATE survey_entry SET code = '' WHERE EXISTS (SELECT 1 FROM survey_entry AS later "
        "WHERE later.survey_id = survey_entry.survey_id AND later.question_id = survey_entry.question_id "
        "AND later.code = survey_entry.code AND later.edition > survey_entry.edition)"
    )
    _index(PAPER)
    with op.batch_alter_table("survey_entry") as batch:
        batch.drop_column("edition")


def _index(columns: list[str]) -> None:
    op.drop_index("uq_survey_entry_paper", table_name="survey_entry")
    op.create_index(
        "uq_survey_entry_paper",
        "survey_entry",
        columns,
        unique=True,
        sqlite_where=NUMBERED,
        postgresql_where=NUMBERED,
    )

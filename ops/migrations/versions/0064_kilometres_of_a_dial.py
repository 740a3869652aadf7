"""What is due by kilometres says of which dial they are; a lapse noted by a misread dial is corrected."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

# the dial was read when the one before was done; or else the number was entered when it was planned; or else it is of
# the dial that is in the car
READ_AT = """
UPDATE obligation SET km_at = COALESCE(
  (SELECT max(r.at) FROM odometer_reading r JOIN obligation_done d ON d.id = r.done_id
    WHERE d.obligation_id = obligation.follows_id
      AND NOT EXISTS (SELECT 1 FROM reading_reversal v WHERE v.reading_id = r.id)),
  (SELECT max(a.at) FROM audit_entry a WHERE a.subject = 'obligation:' || obligation.id
      AND a.action IN ('vehicles.obligation.planned', 'vehicles.obligation.owed_again')),
  :now)
WHERE due_km IS NOT NULL
"""


CHECK = op.f("ck_obligation_km_of_a_dial")
FIELDS = "obligation_id, day, noted_at"


# one of an obligation: the earliest of those that count
STANDING = """
SELECT obligation_id, min(day) AS day, min(noted_at) AS noted_at FROM obligation_lapse
WHERE id NOT IN (SELECT lapse_id FROM lapse_void) GROUP BY obligation_id
"""


def _rebuilt(*key: Any, kept: str = f"SELECT {FIELDS} FROM obligation_lapse") -> None:
    """The table of lapses with another key; its rows kept."""
    op.execute(f"CREATE TABLE lapse_kept AS {kept}")
    if kept == STANDING:
        op.drop_table("lapse_void")
    op.drop_table("obligation_lapse")
    op.create_table(
        "obligation_lapse",
        *key,
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_obligation_lapse_obligation_id_obligation")
        ),
    )
    op.execute(f"INSERT INTO obligation_lapse ({FIELDS}) SELECT {FIELDS} FROM lapse_kept")
    op.drop_table("lapse_kept")
    op.create_index("ix_obligation_lapse_day", "obligation_lapse", ["day"])


def upgrade() -> None:
    with op.batch_alter_table("obligation") as table:
        table.add_column(sa.Column("km_at", sa.DateTime(), nullable=True))
    now = sa.bindparam("now", datetime.now(), type_=sa.DateTime())
    op.get_bind().execute(sa.text(READ_AT).bindparams(now))
    with op.batch_alter_table("obligation") as table:
        table.create_check_constraint(CHECK, "(due_km IS NULL) = (km_at IS NULL)")
    _rebuilt(
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_lapse")),
    )
    op.create_index("ix_obligation_lapse_obligation_id", "obligation_lapse", ["obligation_id"])
    op.create_table(
        "lapse_void",
        sa.Column("lapse_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["lapse_id"], ["obligation_lapse.id"], name=op.f("fk_lapse_void_lapse_id_obligation_lapse")),
        sa.PrimaryKeyConstraint("lapse_id", name=op.f("pk_lapse_void")),
    )


def downgrade() -> None:
    _rebuilt(
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("obligation_id", name=op.f("pk_obligation_lapse")),
        kept=STANDING,
    )
    with op.batch_alter_table("obligation") as table:
        table.drop_constraint(CHECK, type_="check")
        table.drop_column("km_at")

"""A trip may have a second driver, who is fenced against double booking in either seat."""

import sqlalchemy as sa
from alembic import op

from ops.core.timeslot import overlap_fence

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

STANDS = "{row}released_at IS NULL"
BEFORE = [overlap_fence("dispatch", resource, STANDS) for resource in ("vehicle_id", "driver_id")]
NAME = "no_overlap_dispatch_second_driver_id"
MEETS = (
    "NEW.released_at IS NULL AND EXISTS (SELECT 1 FROM dispatch o WHERE {who} AND o.id <> NEW.id "
    "AND o.released_at IS NULL AND o.starts_at < NEW.ends_at AND o.ends_at > NEW.starts_at)"
)
WHO = (
    "o.second_driver_id = NEW.driver_id",
    "NEW.second_driver_id IS NOT NULL AND o.driver_id = NEW.second_driver_id",
    "NEW.second_driver_id IS NOT NULL AND o.second_driver_id = NEW.second_driver_id",
)
REFUSALS = " ".join(f"SELECT RAISE(ABORT, '{NAME}') WHERE {MEETS.format(who=who)};" for who in WHO)
CHANGED = "UPDATE OF driver_id, second_driver_id, starts_at, ends_at, released_at"
TRIGGERS = [
    f"CREATE TRIGGER {NAME}_{verb} AFTER {deed} ON dispatch BEGIN {REFUSALS} END"
    for verb, deed in (("insert", "INSERT"), ("update", CHANGED))
]
# both seats as one value: of two trips at one time none may have a driver in common, whichever seat he has
SEATS = (
    "int8multirange(int8range(driver_id, driver_id, '[]'), "
    "int8range(coalesce(second_driver_id, driver_id), coalesce(second_driver_id, driver_id), '[]'))"
)
EXCLUSION = (
    "ALTER TABLE dispatch ADD CONSTRAINT no_overlap_dispatch_driver_id EXCLUDE USING gist "
    f"({SEATS} WITH &&, tsrange(starts_at, ends_at) WITH &&) WHERE (released_at IS NULL)"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "ALTER TABLE dispatch ADD COLUMN second_driver_id INTEGER "
            "CONSTRAINT ck_dispatch_two_drivers CHECK (second_driver_id <> driver_id) "
            "CONSTRAINT fk_dispatch_second_driver_id_driver REFERENCES driver (id)"
        )
        for trigger in TRIGGERS:
            op.execute(trigger)
    else:
        op.add_column("dispatch", sa.Column("second_driver_id", sa.Integer(), nullable=True))
        op.create_foreign_key("fk_dispatch_second_driver_id_driver", "dispatch", "driver", ["second_driver_id"], ["id"])
        op.create_check_constraint(op.f("ck_dispatch_two_drivers"), "dispatch", "second_driver_id <> driver_id")
        op.execute("ALTER TABLE dispatch DROP CONSTRAINT no_overlap_dispatch_driver_id")
        op.execute(EXCLUSION)
    has_second = sa.text("second_driver_id IS NOT NULL")
    op.create_index(
        "ix_dispatch_second_driver_starts", "dispatch", ["second_driver_id", "starts_at"],
        sqlite_where=has_second, postgresql_where=has_second,
    )  # fmt: skip


def downgrade() -> None:
    """SQLite builds the table anew without the column, and forgets its triggers on the way."""
    op.drop_index("ix_dispatch_second_driver_starts", "dispatch")
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("insert", "update"):
            op.execute(f"DROP TRIGGER {NAME}_{verb}")
        for fence in BEFORE:
            for statement in fence["sqlite"][1]:
                op.execute(statement)
        with op.batch_alter_table("dispatch") as batch:
            batch.drop_constraint(op.f("ck_dispatch_two_drivers"), type_="check")
            batch.drop_column("second_driver_id")
        for fence in BEFORE:
            for statement in fence["sqlite"][0]:
                op.execute(statement)
        return
    op.execute("ALTER TABLE dispatch DROP CONSTRAINT no_overlap_dispatch_driver_id")
    op.drop_column("dispatch", "second_driver_id")
    op.execute(BEFORE[1]["postgresql"][0][0])

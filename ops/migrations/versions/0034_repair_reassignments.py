"""A ticket can be given to another worker within a round, again and again."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ONCE = sa.text("kind <> 'reassigned'")
STEP = sa.table("ticket_step", sa.column("ticket_id"), sa.column("number"), sa.column("kind"))


def upgrade() -> None:
    with op.batch_alter_table("ticket_step") as batch_op:
        batch_op.drop_constraint("uq_ticket_step_ticket_id_round_kind", type_="unique")
    columns = ["ticket_id", "round", "kind"]
    op.create_index(
        "uq_ticket_step_once_a_round", "ticket_step", columns, unique=True, sqlite_where=ONCE, postgresql_where=ONCE
    )


def downgrade() -> None:
    _leave_out_reassignments()
    op.drop_index("uq_ticket_step_once_a_round", "ticket_step")
    with op.batch_alter_table("ticket_step") as batch_op:
        batch_op.create_unique_constraint("uq_ticket_step_ticket_id_round_kind", ["ticket_id", "round", "kind"])


def _leave_out_reassignments() -> None:
    """The release before knows none; it numbers steps without a gap."""
    connection, key = op.get_bind(), (STEP.c.ticket_id, STEP.c.number)
    given = sa.select(STEP.c.ticket_id).where(STEP.c.kind == "reassigned")
    steps = connection.execute(sa.select(STEP).where(STEP.c.ticket_id.in_(given)).order_by(*key)).all()
    connection.execute(sa.delete(STEP).where(STEP.c.kind == "reassigned"))
    left: dict[int, int] = {}
    for step in steps:
        if step.kind != "reassigned":
            left[step.ticket_id] = left.get(step.ticket_id, 0) + 1
            here = (STEP.c.ticket_id == step.ticket_id, STEP.c.number == step.number)
            connection.execute(sa.update(STEP).where(*here).values(number=left[step.ticket_id]))

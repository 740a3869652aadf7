"""What was waived can be owed again and be waived once more; what stood as another vehicle keeps its rule by name."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

FILES = sa.table("car_file", sa.column("body", sa.String))


def upgrade() -> None:
    op.create_table(
        "obligation_waiver_kept",
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    _move("obligation_waiver", "obligation_waiver_kept")
    op.drop_table("obligation_waiver")
    op.create_table(
        "obligation_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        *_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_waiver")),
    )
    op.create_index(op.f("ix_obligation_waiver_obligation_id"), "obligation_waiver", ["obligation_id"])
    _move("obligation_waiver_kept", "obligation_waiver")
    op.drop_table("obligation_waiver_kept")
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.add_column(sa.Column("after_on", sa.Date(), nullable=True))
    op.execute(FILES.update().where(FILES.c.body == "truck").values(body="other"))


def downgrade() -> None:
    """The latest waiver of each stays; a school bus was no kind of its own."""
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.drop_column("after_on")
    op.execute(FILES.update().where(FILES.c.body.in_(("other", "school"))).values(body="truck"))
    op.execute(
        "DELETE FROM obligation_waiver WHERE id NOT IN (SELECT max(id) FROM obligation_waiver GROUP BY obligation_id)"
    )
    op.create_table(
        "obligation_waiver_kept",
        *_columns(),
        sa.PrimaryKeyConstraint("obligation_id", name=op.f("pk_obligation_waiver_kept")),
    )
    _move("obligation_waiver", "obligation_waiver_kept")
    op.drop_table("obligation_waiver")
    op.create_table(
        "obligation_waiver",
        *_columns(),
        sa.PrimaryKeyConstraint("obligation_id", name=op.f("pk_obligation_waiver")),
    )
    _move("obligation_waiver_kept", "obligation_waiver")
    op.drop_table("obligation_waiver_kept")


def _columns() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_obligation_waiver_obligation_id_obligation")
        ),
    ]


def _move(source: str, target: str) -> None:
    columns = 'obligation_id, day, at, "by", reason'
    op.execute(f"INSERT INTO {target} ({columns}) SELECT {columns} FROM {source} ORDER BY obligation_id")

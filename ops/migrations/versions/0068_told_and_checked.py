"""Why a car left before it was assigned, whether the telephone of who confirmed was checked, what an old dial's last
reading did not fit, and which places lie out of the district.
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("departure") as batch:
        batch.add_column(sa.Column("early_reason", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("kilometre_signature") as batch:
        batch.add_column(sa.Column("is_checked", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("hire") as batch:
        batch.add_column(sa.Column("afterwards", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "replacement_confirmation",
        sa.Column("replacement_id", sa.Integer(), nullable=False),
        sa.Column("beside", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["replacement_id"], ["dial_replacement.id"],
            name=op.f("fk_replacement_confirmation_replacement_id_dial_replacement"),
        ),
        sa.PrimaryKeyConstraint("replacement_id", name=op.f("pk_replacement_confirmation")),
    )  # fmt: skip
    op.create_table(
        "far_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("km", sa.Integer(), nullable=True),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("km > 0", name=op.f("ck_far_place_km_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_far_place")),
        sa.UniqueConstraint("name", "valid_from", name="uq_far_place_name_valid_from"),
    )


def downgrade() -> None:
    op.drop_table("far_place")
    op.drop_table("replacement_confirmation")
    with op.batch_alter_table("hire") as batch:
        batch.drop_column("afterwards")
    with op.batch_alter_table("kilometre_signature") as batch:
        batch.drop_column("is_checked")
    with op.batch_alter_table("departure") as batch:
        batch.drop_column("early_reason")

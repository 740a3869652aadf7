"""What the asset card says of a car besides: where it was made, its purchase papers, warranty, condition."""

import sqlalchemy as sa
from alembic import op


revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

TEXTS = ("origin", "seller", "contract_no", "invoice_no", "condition", "remark")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("car_file", sa.Column(name, sa.String(), nullable=True))
    op.add_column("car_file", sa.Column("warranty_until", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("car_file") as batch:
        for name in ("warranty_until", *reversed(TEXTS)):
            batch.drop_column(name)

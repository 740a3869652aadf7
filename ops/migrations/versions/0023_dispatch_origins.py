"""Which dispatch came from which row of another ledger."""

import sqlalchemy as sa
from alembic import op


revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('dispatch_origin',
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('dispatch_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_dispatch_origin_dispatch_id_dispatch')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_dispatch_origin')),
    sa.UniqueConstraint('dispatch_id', name=op.f('uq_dispatch_origin_dispatch_id'))
    )


def downgrade() -> None:
    op.drop_table('dispatch_origin')

"""Closings can be opened again; digests of days; decisions changed after a closing."""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('day_digest',
    sa.Column('metric', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('scope', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('metric', 'day', 'scope', name=op.f('pk_day_digest'))
    )
    with op.batch_alter_table('closing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Integer(), nullable=False, server_default='1'))
        batch_op.drop_constraint('uq_closing_first_last', type_='unique')
        batch_op.create_unique_constraint('uq_closing_first_last_number', ['first', 'last', 'number'])
    with op.batch_alter_table('closing', schema=None) as batch_op:
        batch_op.alter_column('number', server_default=None)
    op.create_table('reopening',
    sa.Column('closing_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['closing_id'], ['closing.id'], name=op.f('fk_reopening_closing_id_closing')),
    sa.PrimaryKeyConstraint('closing_id', name=op.f('pk_reopening'))
    )
    op.create_table('late_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('closing_id', sa.Integer(), nullable=False),
    sa.Column('record', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['closing_id'], ['closing.id'], name=op.f('fk_late_decision_closing_id_closing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_late_decision'))
    )
    with op.batch_alter_table('late_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_late_decision_closing_id'), ['closing_id'], unique=False)


def downgrade() -> None:
    op.drop_table('late_decision')
    op.drop_table('reopening')
    # closings that were closed anew cannot be told apart below this revision: the latest of each period stays
    op.execute("DELETE FROM closed_figure WHERE closing_id IN (SELECT id FROM closing WHERE number < (SELECT max(o.number) FROM closing o WHERE o.first = closing.first AND o.last = closing.last))")
    op.execute("DELETE FROM adjustment WHERE closing_id IN (SELECT id FROM closing WHERE number < (SELECT max(o.number) FROM closing o WHERE o.first = closing.first AND o.last = closing.last))")
    op.execute("DELETE FROM closing WHERE number < (SELECT max(o.number) FROM closing o WHERE o.first = closing.first AND o.last = closing.last)")
    with op.batch_alter_table('closing', schema=None) as batch_op:
        batch_op.drop_constraint('uq_closing_first_last_number', type_='unique')
        batch_op.create_unique_constraint('uq_closing_first_last', ['first', 'last'])
        batch_op.drop_column('number')
    op.drop_table('day_digest')

"""Canteens: diners, grants, meals, files taken in, and the food-safety log."""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STANDING_CHECK = sa.text("kind = 'check' AND reversed_at IS NULL")


def upgrade() -> None:
    op.create_table('canteen',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_canteen')),
    sa.UniqueConstraint('code', name=op.f('uq_canteen_code')),
    sa.UniqueConstraint('name', name=op.f('uq_canteen_name'))
    )
    op.create_table('intake',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('head', sa.Text(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('already', sa.Integer(), nullable=False),
    sa.Column('repeated', sa.Integer(), nullable=False),
    sa.Column('faulty', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(), nullable=False),
    sa.Column('taken_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intake'))
    )
    op.create_table('sitting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('price', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.CheckConstraint('ends > starts', name=op.f('ck_sitting_has_length')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting')),
    sa.UniqueConstraint('code', name=op.f('uq_sitting_code'))
    )
    op.create_table('diner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('card', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_diner_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_diner')),
    sa.UniqueConstraint('card', name=op.f('uq_diner_card')),
    sa.UniqueConstraint('number', name=op.f('uq_diner_number'))
    )
    with op.batch_alter_table('diner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_diner_name'), ['name'], unique=False)
        batch_op.create_index(batch_op.f('ix_diner_unit_id'), ['unit_id'], unique=False)

    op.create_table('intake_fault',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('intake_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('cells', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['intake_id'], ['intake.id'], name=op.f('fk_intake_fault_intake_id_intake')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intake_fault'))
    )
    with op.batch_alter_table('intake_fault', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_intake_fault_intake_id'), ['intake_id'], unique=False)

    op.create_table('opening_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteen.id'], name=op.f('fk_opening_day_canteen_id_canteen')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_day')),
    sa.UniqueConstraint('day', 'canteen_id', name='uq_opening_day_day_canteen')
    )
    op.create_table('safety_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=True),
    sa.Column('measures', sa.Text(), nullable=True),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('entered_at', sa.DateTime(), nullable=False),
    sa.Column('entered_by', sa.String(), nullable=False),
    sa.Column('reversed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteen.id'], name=op.f('fk_safety_entry_canteen_id_canteen')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safety_entry'))
    )
    with op.batch_alter_table('safety_entry', schema=None) as batch_op:
        batch_op.create_index('ix_safety_entry_day_canteen_id', ['day', 'canteen_id'], unique=False)
        batch_op.create_index('uq_safety_entry_check', ['day', 'canteen_id'], unique=True, sqlite_where=STANDING_CHECK, postgresql_where=STANDING_CHECK)

    op.create_table('terminal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteen.id'], name=op.f('fk_terminal_canteen_id_canteen')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terminal')),
    sa.UniqueConstraint('code', name=op.f('uq_terminal_code'))
    )
    op.create_table('meal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.Column('diner_id', sa.Integer(), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('terminal_id', sa.Integer(), nullable=True),
    sa.Column('serial', sa.BigInteger(), nullable=True),
    sa.Column('intake_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteen.id'], name=op.f('fk_meal_canteen_id_canteen')),
    sa.ForeignKeyConstraint(['diner_id'], ['diner.id'], name=op.f('fk_meal_diner_id_diner')),
    sa.ForeignKeyConstraint(['intake_id'], ['intake.id'], name=op.f('fk_meal_intake_id_intake')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_meal_sitting_id_sitting')),
    sa.ForeignKeyConstraint(['terminal_id'], ['terminal.id'], name=op.f('fk_meal_terminal_id_terminal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meal')),
    sa.UniqueConstraint('terminal_id', 'serial', name='uq_meal_terminal_serial')
    )
    with op.batch_alter_table('meal', schema=None) as batch_op:
        batch_op.create_index('ix_meal_day_canteen_diner', ['day', 'canteen_id', 'diner_id'], unique=False)
        batch_op.create_index('ix_meal_diner_day_sitting', ['diner_id', 'day', 'sitting_id'], unique=False)

    op.create_table('safety_reversal',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['safety_entry.id'], name=op.f('fk_safety_reversal_entry_id_safety_entry')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_safety_reversal'))
    )
    op.create_table('subsidy_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('diner_id', sa.Integer(), nullable=False),
    sa.Column('canteen_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('granted_at', sa.DateTime(), nullable=False),
    sa.Column('granted_by', sa.String(), nullable=False),
    sa.CheckConstraint('to_on >= from_on', name=op.f('ck_subsidy_grant_order')),
    sa.ForeignKeyConstraint(['canteen_id'], ['canteen.id'], name=op.f('fk_subsidy_grant_canteen_id_canteen')),
    sa.ForeignKeyConstraint(['diner_id'], ['diner.id'], name=op.f('fk_subsidy_grant_diner_id_diner')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subsidy_grant'))
    )
    with op.batch_alter_table('subsidy_grant', schema=None) as batch_op:
        batch_op.create_index('ix_subsidy_grant_diner_id_canteen_id_from_on', ['diner_id', 'canteen_id', 'from_on', 'to_on'], unique=False)

    op.create_table('grant_stop',
    sa.Column('grant_id', sa.Integer(), nullable=False),
    sa.Column('was_to_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['grant_id'], ['subsidy_grant.id'], name=op.f('fk_grant_stop_grant_id_subsidy_grant')),
    sa.PrimaryKeyConstraint('grant_id', name=op.f('pk_grant_stop'))
    )
    op.create_table('meal_entry',
    sa.Column('meal_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['meal_id'], ['meal.id'], name=op.f('fk_meal_entry_meal_id_meal')),
    sa.ForeignKeyConstraint(['replaces_id'], ['meal.id'], name=op.f('fk_meal_entry_replaces_id_meal')),
    sa.PrimaryKeyConstraint('meal_id', name=op.f('pk_meal_entry')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_meal_entry_replaces_id'))
    )
    op.create_table('meal_reversal',
    sa.Column('meal_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['meal_id'], ['meal.id'], name=op.f('fk_meal_reversal_meal_id_meal')),
    sa.PrimaryKeyConstraint('meal_id', name=op.f('pk_meal_reversal'))
    )


def downgrade() -> None:
    op.drop_table('meal_reversal')
    op.drop_table('meal_entry')
    op.drop_table('grant_stop')
    with op.batch_alter_table('subsidy_grant', schema=None) as batch_op:
        batch_op.drop_index('ix_subsidy_grant_diner_id_canteen_id_from_on')

    op.drop_table('subsidy_grant')
    op.drop_table('safety_reversal')
    with op.batch_alter_table('meal', schema=None) as batch_op:
        batch_op.drop_index('ix_meal_diner_day_sitting')
        batch_op.drop_index('ix_meal_day_canteen_diner')

    op.drop_table('meal')
    op.drop_table('terminal')
    with op.batch_alter_table('safety_entry', schema=None) as batch_op:
        batch_op.drop_index('uq_safety_entry_check')
        batch_op.drop_index('ix_safety_entry_day_canteen_id')

    op.drop_table('safety_entry')
    op.drop_table('opening_day')
    with op.batch_alter_table('intake_fault', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_intake_fault_intake_id'))

    op.drop_table('intake_fault')
    with op.batch_alter_table('diner', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_diner_unit_id'))
        batch_op.drop_index(batch_op.f('ix_diner_name'))

    op.drop_table('diner')
    op.drop_table('sitting')
    op.drop_table('intake')
    op.drop_table('canteen')

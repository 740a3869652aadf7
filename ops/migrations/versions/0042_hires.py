"""Hired vehicles: what is asked for, approved, rated and taken note of."""

import sqlalchemy as sa
from alembic import op


revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hire_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_event_hire_id_hire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_event')),
    sa.UniqueConstraint('hire_id', 'number', name='uq_hire_event_hire_id_number')
    )
    op.create_table('hire_oral',
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('approved_by', sa.String(), nullable=False),
    sa.Column('approved_at', sa.DateTime(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_oral_hire_id_hire')),
    sa.PrimaryKeyConstraint('hire_id', name=op.f('pk_hire_oral'))
    )
    op.create_table('hire_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('called', sa.String(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_hire_paper_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_paper_hire_id_hire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_paper'))
    )
    with op.batch_alter_table('hire_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hire_paper_hire_id'), ['hire_id'], unique=False)

    op.create_table('hire_rating',
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_hire_rating_one_to_five')),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_rating_hire_id_hire')),
    sa.PrimaryKeyConstraint('hire_id', name=op.f('pk_hire_rating'))
    )
    op.create_table('hire_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('approver', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_step_hire_id_hire')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_step')),
    sa.UniqueConstraint('hire_id', 'number', name='uq_hire_step_hire_id_number')
    )
    op.create_table('hire_wanted',
    sa.Column('hire_id', sa.Integer(), nullable=False),
    sa.Column('vehicle_class', sa.String(), nullable=False),
    sa.Column('how_many', sa.Integer(), nullable=False),
    sa.CheckConstraint('how_many > 0', name=op.f('ck_hire_wanted_how_many_positive')),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_hire_wanted_hire_id_hire')),
    sa.PrimaryKeyConstraint('hire_id', 'vehicle_class', name=op.f('pk_hire_wanted'))
    )
    op.create_table('hire_step_reason',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['approval_rule.id'], name=op.f('fk_hire_step_reason_rule_id_approval_rule')),
    sa.ForeignKeyConstraint(['step_id'], ['hire_step.id'], name=op.f('fk_hire_step_reason_step_id_hire_step')),
    sa.PrimaryKeyConstraint('step_id', 'rule_id', name=op.f('pk_hire_step_reason'))
    )
    op.create_table('hire_verdict',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_hire_verdict_by_id_user')),
    sa.ForeignKeyConstraint(['step_id'], ['hire_step.id'], name=op.f('fk_hire_verdict_step_id_hire_step')),
    sa.PrimaryKeyConstraint('step_id', name=op.f('pk_hire_verdict'))
    )
    with op.batch_alter_table('hire', schema=None) as batch_op:
        batch_op.add_column(sa.Column('starts_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('ends_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('people', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('contact', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('phone', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('route', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('out_of_district', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('planned_km', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('own_cars_why', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('own_free', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('own_fitting', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('class_reason', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('money_from', sa.String(), server_default='unit', nullable=False))
        batch_op.add_column(sa.Column('estimate', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('request_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_hire_request_id'), ['request_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_hire_request_id_trip_request'), 'trip_request', ['request_id'], ['id'])

    with op.batch_alter_table('hire_void', schema=None) as batch_op:
        batch_op.add_column(sa.Column('called_off', sa.Boolean(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('hire_void', schema=None) as batch_op:
        batch_op.drop_column('called_off')

    with op.batch_alter_table('hire', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_hire_request_id_trip_request'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_hire_request_id'))
        batch_op.drop_column('request_id')
        batch_op.drop_column('estimate')
        batch_op.drop_column('money_from')
        batch_op.drop_column('class_reason')
        batch_op.drop_column('own_fitting')
        batch_op.drop_column('own_free')
        batch_op.drop_column('own_cars_why')
        batch_op.drop_column('planned_km')
        batch_op.drop_column('out_of_district')
        batch_op.drop_column('route')
        batch_op.drop_column('phone')
        batch_op.drop_column('contact')
        batch_op.drop_column('people')
        batch_op.drop_column('ends_at')
        batch_op.drop_column('starts_at')

    op.drop_table('hire_verdict')
    op.drop_table('hire_step_reason')
    op.drop_table('hire_wanted')
    op.drop_table('hire_step')
    op.drop_table('hire_rating')
    with op.batch_alter_table('hire_paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hire_paper_hire_id'))

    op.drop_table('hire_paper')
    op.drop_table('hire_oral')
    op.drop_table('hire_event')

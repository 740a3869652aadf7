"""Vehicles: filed violations and their steps."""

import sqlalchemy as sa
from alembic import op


revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('violation_filing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('violation', sa.String(), nullable=False),
    sa.Column('alarm_id', sa.Integer(), nullable=True),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('hire_id', sa.Integer(), nullable=True),
    sa.Column('vehicle_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('facts', sa.String(), nullable=False),
    sa.Column('explain_by', sa.Date(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('filed_at', sa.DateTime(), nullable=False),
    sa.Column('filed_by', sa.String(), nullable=False),
    sa.CheckConstraint('(CASE WHEN alarm_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN request_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN hire_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN vehicle_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_violation_filing_of_one_thing')),
    sa.ForeignKeyConstraint(['alarm_id'], ['alarm.id'], name=op.f('fk_violation_filing_alarm_id_alarm')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_violation_filing_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['hire_id'], ['hire.id'], name=op.f('fk_violation_filing_hire_id_hire')),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_violation_filing_request_id_trip_request')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_violation_filing_unit_id_unit')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_violation_filing_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_violation_filing'))
    )
    with op.batch_alter_table('violation_filing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_violation_filing_alarm_id'), ['alarm_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_violation_filing_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_violation_filing_hire_id'), ['hire_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_violation_filing_request_id'), ['request_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_violation_filing_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_violation_filing_vehicle_id'), ['vehicle_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_violation_filing_violation'), ['violation'], unique=False)

    op.create_table('violation_filing_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('filing_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('measure', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_violation_filing_step_by_id_user')),
    sa.ForeignKeyConstraint(['filing_id'], ['violation_filing.id'], name=op.f('fk_violation_filing_step_filing_id_violation_filing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_violation_filing_step')),
    sa.UniqueConstraint('filing_id', 'number', name='uq_violation_filing_step_filing_id_number')
    )


def downgrade() -> None:
    op.drop_table('violation_filing_step')
    with op.batch_alter_table('violation_filing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_violation_filing_violation'))
        batch_op.drop_index(batch_op.f('ix_violation_filing_vehicle_id'))
        batch_op.drop_index(batch_op.f('ix_violation_filing_unit_id'))
        batch_op.drop_index(batch_op.f('ix_violation_filing_request_id'))
        batch_op.drop_index(batch_op.f('ix_violation_filing_hire_id'))
        batch_op.drop_index(batch_op.f('ix_violation_filing_day'))
        batch_op.drop_index(batch_op.f('ix_violation_filing_alarm_id'))

    op.drop_table('violation_filing')

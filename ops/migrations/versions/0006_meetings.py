"""Meetings: venues, bookings fenced against double booking, checklists, errors and ratings."""

import sqlalchemy as sa
from alembic import op

from ops.core.timeslot import overlap_fence


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


FENCE = overlap_fence("venue_booking", "venue_id", "{row}released_at IS NULL")


def upgrade() -> None:
    op.create_table('checklist_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_item')),
    sa.UniqueConstraint('phase', 'position', 'from_on', name=op.f('uq_checklist_item_phase_position_from_on'))
    )
    op.create_table('meeting_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_rule'))
    )
    with op.batch_alter_table('meeting_rule', schema=None) as batch_op:
        batch_op.create_index('ix_meeting_rule_name_from_on', ['name', 'from_on'], unique=True)

    op.create_table('venue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.CheckConstraint('seats > 0', name=op.f('ck_venue_seats_positive')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venue')),
    sa.UniqueConstraint('name', name=op.f('uq_venue_name'))
    )
    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('layout', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('needs', sa.String(), nullable=False),
    sa.Column('booked_at', sa.DateTime(), nullable=False),
    sa.Column('booked_by', sa.String(), nullable=False),
    sa.CheckConstraint('people > 0', name=op.f('ck_meeting_people_positive')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_meeting_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_unit_id'), ['unit_id'], unique=False)

    op.create_table('meeting_cancellation',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_cancellation_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_meeting_cancellation'))
    )
    op.create_table('meeting_held',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('venue_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('began_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=False),
    sa.Column('hours', sa.BigInteger(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reversed_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('ended_at > began_at', name=op.f('ck_meeting_held_has_length')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_held_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['venue_id'], ['venue.id'], name=op.f('fk_meeting_held_venue_id_venue')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_held'))
    )
    with op.batch_alter_table('meeting_held', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_held_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_held_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('uq_meeting_held_standing', ['meeting_id'], unique=True, sqlite_where=sa.text('reversed_at IS NULL'), postgresql_where=sa.text('reversed_at IS NULL'))

    op.create_table('meeting_rating',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_meeting_rating_score_known')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_rating_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_meeting_rating'))
    )
    op.create_table('meeting_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_task_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_task'))
    )
    with op.batch_alter_table('meeting_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_task_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('service_error',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('grade', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('remedy', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_service_error_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_error'))
    )
    with op.batch_alter_table('service_error', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_error_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('venue_booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('venue_id', sa.Integer(), nullable=False),
    sa.Column('begins_at', sa.DateTime(), nullable=False),
    sa.Column('finishes_at', sa.DateTime(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('cause', sa.String(), nullable=False),
    sa.Column('urgent_reason', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('released_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('starts_at <= begins_at AND begins_at < finishes_at AND finishes_at <= ends_at', name=op.f('ck_venue_booking_order')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_venue_booking_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['venue_id'], ['venue.id'], name=op.f('fk_venue_booking_venue_id_venue')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venue_booking'))
    )
    with op.batch_alter_table('venue_booking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venue_booking_begins_at'), ['begins_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_venue_booking_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('ix_venue_booking_venue_starts', ['venue_id', 'starts_at'], unique=False)

    op.create_table('error_withdrawal',
    sa.Column('error_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['error_id'], ['service_error.id'], name=op.f('fk_error_withdrawal_error_id_service_error')),
    sa.PrimaryKeyConstraint('error_id', name=op.f('pk_error_withdrawal'))
    )
    op.create_table('held_reversal',
    sa.Column('held_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['held_id'], ['meeting_held.id'], name=op.f('fk_held_reversal_held_id_meeting_held')),
    sa.PrimaryKeyConstraint('held_id', name=op.f('pk_held_reversal'))
    )
    op.create_table('task_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('step IN (-1, 1)', name=op.f('ck_task_mark_step_known')),
    sa.ForeignKeyConstraint(['task_id'], ['meeting_task.id'], name=op.f('fk_task_mark_task_id_meeting_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_mark'))
    )
    with op.batch_alter_table('task_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_mark_task_id'), ['task_id'], unique=False)

    for statement in FENCE[op.get_bind().dialect.name][0]:
        op.execute(statement)


def downgrade() -> None:
    for statement in FENCE[op.get_bind().dialect.name][1]:
        op.execute(statement)
    with op.batch_alter_table('task_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_task_mark_task_id'))

    op.drop_table('task_mark')
    op.drop_table('held_reversal')
    op.drop_table('error_withdrawal')
    with op.batch_alter_table('venue_booking', schema=None) as batch_op:
        batch_op.drop_index('ix_venue_booking_venue_starts')
        batch_op.drop_index(batch_op.f('ix_venue_booking_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_venue_booking_begins_at'))

    op.drop_table('venue_booking')
    with op.batch_alter_table('service_error', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_error_meeting_id'))

    op.drop_table('service_error')
    with op.batch_alter_table('meeting_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_task_meeting_id'))

    op.drop_table('meeting_task')
    op.drop_table('meeting_rating')
    with op.batch_alter_table('meeting_held', schema=None) as batch_op:
        batch_op.drop_index('uq_meeting_held_standing', sqlite_where=sa.text('reversed_at IS NULL'), postgresql_where=sa.text('reversed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_meeting_held_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_held_day'))

    op.drop_table('meeting_held')
    op.drop_table('meeting_cancellation')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_unit_id'))

    op.drop_table('meeting')
    op.drop_table('venue')
    with op.batch_alter_table('meeting_rule', schema=None) as batch_op:
        batch_op.drop_index('ix_meeting_rule_name_from_on')

    op.drop_table('meeting_rule')
    op.drop_table('checklist_item')

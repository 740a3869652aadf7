"""Vehicles: cars, drivers, requests and trips, fenced against double booking."""

import sqlalchemy as sa
from alembic import op

from ops.core.timeslot import overlap_fence


revision = '0002'
down_revision = '0001b'
branch_labels = None
depends_on = None


FENCES = [overlap_fence("dispatch", resource, "{row}released_at IS NULL") for resource in ("vehicle_id", "driver_id")]


def upgrade() -> None:
    op.create_table('vehicle',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plate', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('model', sa.String(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('deregistered_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vehicle')),
    sa.UniqueConstraint('plate', name=op.f('uq_vehicle_plate'))
    )
    op.create_table('trip_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('destination', sa.String(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_trip_request_has_length')),
    sa.CheckConstraint('people > 0', name=op.f('ck_trip_request_people_positive')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_trip_request_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trip_request'))
    )
    with op.batch_alter_table('trip_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trip_request_starts_at'), ['starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_trip_request_unit_id'), ['unit_id'], unique=False)

    op.create_table('driver',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_driver_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_driver')),
    sa.UniqueConstraint('name', name=op.f('uq_driver_name'))
    )
    op.create_table('request_withdrawal',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_request_withdrawal_request_id_trip_request')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_request_withdrawal'))
    )
    op.create_table('dispatch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('driver_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('released_at', sa.DateTime(), nullable=True),
    sa.Column('dispatched_at', sa.DateTime(), nullable=False),
    sa.Column('dispatched_by', sa.String(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_dispatch_has_length')),
    sa.ForeignKeyConstraint(['driver_id'], ['driver.id'], name=op.f('fk_dispatch_driver_id_driver')),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_dispatch_request_id_trip_request')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_dispatch_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch'))
    )
    with op.batch_alter_table('dispatch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dispatch_day'), ['day'], unique=False)
        batch_op.create_index('ix_dispatch_driver_starts', ['driver_id', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_dispatch_request_id'), ['request_id'], unique=False)
        batch_op.create_index('ix_dispatch_vehicle_starts', ['vehicle_id', 'starts_at'], unique=False)

    op.create_table('departure',
    sa.Column('dispatch_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('odometer', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_departure_dispatch_id_dispatch')),
    sa.PrimaryKeyConstraint('dispatch_id', name=op.f('pk_departure'))
    )
    op.create_table('dispatch_cancellation',
    sa.Column('dispatch_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_dispatch_cancellation_dispatch_id_dispatch')),
    sa.PrimaryKeyConstraint('dispatch_id', name=op.f('pk_dispatch_cancellation'))
    )
    op.create_table('trip_return',
    sa.Column('dispatch_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('odometer', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_trip_return_dispatch_id_dispatch')),
    sa.PrimaryKeyConstraint('dispatch_id', name=op.f('pk_trip_return'))
    )
    with op.batch_alter_table('trip_return', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trip_return_day'), ['day'], unique=False)

    for fence in FENCES:
        for statement in fence[op.get_bind().dialect.name][0]:
            op.execute(statement)


def downgrade() -> None:
    for fence in FENCES:
        for statement in fence[op.get_bind().dialect.name][1]:
            op.execute(statement)
    with op.batch_alter_table('trip_return', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trip_return_day'))

    op.drop_table('trip_return')
    op.drop_table('dispatch_cancellation')
    op.drop_table('departure')
    with op.batch_alter_table('dispatch', schema=None) as batch_op:
        batch_op.drop_index('ix_dispatch_vehicle_starts')
        batch_op.drop_index(batch_op.f('ix_dispatch_request_id'))
        batch_op.drop_index('ix_dispatch_driver_starts')
        batch_op.drop_index(batch_op.f('ix_dispatch_day'))

    op.drop_table('dispatch')
    op.drop_table('request_withdrawal')
    op.drop_table('driver')
    with op.batch_alter_table('trip_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trip_request_unit_id'))
        batch_op.drop_index(batch_op.f('ix_trip_request_starts_at'))

    op.drop_table('trip_request')
    op.drop_table('vehicle')

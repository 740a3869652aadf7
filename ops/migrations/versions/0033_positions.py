"""Vehicles: positions, devices, alarms, looks."""

import sqlalchemy as sa
from alembic import op


revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('position_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position_setting')),
    sa.UniqueConstraint('name', 'valid_from', name='uq_position_setting_name_valid_from')
    )
    op.create_table('position',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('fixed_at', sa.DateTime(), nullable=False),
    sa.Column('latitude', sa.BigInteger(), nullable=False),
    sa.Column('longitude', sa.BigInteger(), nullable=False),
    sa.Column('speed', sa.BigInteger(), nullable=False),
    sa.Column('metres', sa.Integer(), nullable=True),
    sa.Column('valid', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_position_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_position')),
    sa.UniqueConstraint('device', 'fixed_at', name='uq_position_device_fixed_at')
    )
    with op.batch_alter_table('position', schema=None) as batch_op:
        batch_op.create_index('ix_position_vehicle_fixed', ['vehicle_id', 'fixed_at'], unique=False)

    op.create_table('tracker',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('to_on IS NULL OR to_on >= from_on', name=op.f('ck_tracker_ends_after_start')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_tracker_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tracker'))
    )
    with op.batch_alter_table('tracker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tracker_device'), ['device'], unique=False)
        batch_op.create_index(batch_op.f('ix_tracker_vehicle_id'), ['vehicle_id'], unique=False)
        batch_op.create_index('uq_tracker_device_now', ['device'], unique=True, sqlite_where=sa.text('to_on IS NULL'), postgresql_where=sa.text('to_on IS NULL'))
        batch_op.create_index('uq_tracker_vehicle_now', ['vehicle_id'], unique=True, sqlite_where=sa.text('to_on IS NULL'), postgresql_where=sa.text('to_on IS NULL'))

    op.create_table('track_look',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_track_look_user_id_user')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_track_look_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_track_look'))
    )
    with op.batch_alter_table('track_look', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_track_look_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_track_look_vehicle_id'), ['vehicle_id'], unique=False)

    op.create_table('alarm',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('until', sa.DateTime(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('dispatch_id', sa.Integer(), nullable=True),
    sa.Column('raised_at', sa.DateTime(), nullable=False),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_alarm_dispatch_id_dispatch')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_alarm_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alarm')),
    sa.UniqueConstraint('vehicle_id', 'kind', 'at', name='uq_alarm_vehicle_kind_at')
    )
    with op.batch_alter_table('alarm', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alarm_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_alarm_dispatch_id'), ['dispatch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alarm_raised_on'), ['raised_on'], unique=False)

    op.create_table('alarm_settlement',
    sa.Column('alarm_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['alarm_id'], ['alarm.id'], name=op.f('fk_alarm_settlement_alarm_id_alarm')),
    sa.PrimaryKeyConstraint('alarm_id', name=op.f('pk_alarm_settlement'))
    )



def downgrade() -> None:

    op.drop_table('alarm_settlement')
    with op.batch_alter_table('alarm', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alarm_raised_on'))
        batch_op.drop_index(batch_op.f('ix_alarm_dispatch_id'))
        batch_op.drop_index(batch_op.f('ix_alarm_day'))

    op.drop_table('alarm')
    with op.batch_alter_table('track_look', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_track_look_vehicle_id'))
        batch_op.drop_index(batch_op.f('ix_track_look_at'))

    op.drop_table('track_look')
    with op.batch_alter_table('tracker', schema=None) as batch_op:
        batch_op.drop_index('uq_tracker_vehicle_now', sqlite_where=sa.text('to_on IS NULL'), postgresql_where=sa.text('to_on IS NULL'))
        batch_op.drop_index('uq_tracker_device_now', sqlite_where=sa.text('to_on IS NULL'), postgresql_where=sa.text('to_on IS NULL'))
        batch_op.drop_index(batch_op.f('ix_tracker_vehicle_id'))
        batch_op.drop_index(batch_op.f('ix_tracker_device'))

    op.drop_table('tracker')
    with op.batch_alter_table('position', schema=None) as batch_op:
        batch_op.drop_index('ix_position_vehicle_fixed')

    op.drop_table('position')
    op.drop_table('position_setting')


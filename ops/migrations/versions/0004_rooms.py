"""Rooms: standards, measured areas, seats, office moves, returns, lettings."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('property',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_property')),
    sa.UniqueConstraint('name', name=op.f('uq_property_name'))
    )
    op.create_table('room_standard',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('clause', sa.String(), nullable=True),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('confidence', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_standard')),
    sa.UniqueConstraint('level', 'subject', 'item', 'valid_from', name=op.f('uq_room_standard_level_subject_item_valid_from'))
    )
    op.create_table('letting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('property_id', sa.Integer(), nullable=False),
    sa.Column('appraised_on', sa.Date(), nullable=False),
    sa.Column('appraised_value', sa.BigInteger(), nullable=False),
    sa.Column('tenant_kind', sa.String(), nullable=False),
    sa.Column('tenant_number', sa.String(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('rent', sa.BigInteger(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.CheckConstraint('appraised_value > 0 AND rent >= 0', name=op.f('ck_letting_money_not_negative')),
    sa.CheckConstraint('to_on > from_on', name=op.f('ck_letting_has_length')),
    sa.ForeignKeyConstraint(['property_id'], ['property.id'], name=op.f('fk_letting_property_id_property')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letting'))
    )
    with op.batch_alter_table('letting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letting_from_on'), ['from_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_letting_property_id'), ['property_id'], unique=False)

    op.create_table('office_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('moved_on', sa.Date(), nullable=False),
    sa.Column('from_place', sa.String(), nullable=False),
    sa.Column('to_place', sa.String(), nullable=False),
    sa.Column('ground', sa.String(), nullable=False),
    sa.Column('paper', sa.String(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_office_move_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_move'))
    )
    with op.batch_alter_table('office_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_office_move_moved_on'), ['moved_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_office_move_unit_id'), ['unit_id'], unique=False)

    op.create_table('room_return',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('paper', sa.String(), nullable=True),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_room_return_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_return'))
    )
    with op.batch_alter_table('room_return', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_return_filed_on'), ['filed_on'], unique=False)
        batch_op.create_index('uq_room_return_standing', ['unit_id', 'year'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('letting_void',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['letting.id'], name=op.f('fk_letting_void_record_id_letting')),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_letting_void'))
    )
    op.create_table('office_move_void',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['office_move.id'], name=op.f('fk_office_move_void_record_id_office_move')),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_office_move_void'))
    )
    op.create_table('room_return_void',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['room_return.id'], name=op.f('fk_room_return_void_record_id_room_return')),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_room_return_void'))
    )
    op.create_table('occupancy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('second_post', sa.String(), nullable=True),
    sa.Column('allotted_by', sa.String(), nullable=False),
    sa.Column('vacated_by', sa.String(), nullable=True),
    sa.CheckConstraint('to_on > from_on', name=op.f('ck_occupancy_has_length')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_occupancy_room_id_room')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_occupancy_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupancy'))
    )
    with op.batch_alter_table('occupancy', schema=None) as batch_op:
        batch_op.create_index('ix_occupancy_room_from', ['room_id', 'from_on'], unique=False)
        batch_op.create_index('ix_occupancy_staff_from', ['staff_id', 'from_on'], unique=False)

    op.create_table('room_measurement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('room_class', sa.String(), nullable=False),
    sa.Column('area', sa.BigInteger(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('area > 0', name=op.f('ck_room_measurement_area_positive')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_room_measurement_room_id_room')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_measurement')),
    sa.UniqueConstraint('room_id', 'from_on', name=op.f('uq_room_measurement_room_id_from_on'))
    )
    with op.batch_alter_table('room_measurement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_measurement_from_on'), ['from_on'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('room_measurement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_measurement_from_on'))

    op.drop_table('room_measurement')
    with op.batch_alter_table('occupancy', schema=None) as batch_op:
        batch_op.drop_index('ix_occupancy_staff_from')
        batch_op.drop_index('ix_occupancy_room_from')

    op.drop_table('occupancy')
    op.drop_table('room_return_void')
    op.drop_table('office_move_void')
    op.drop_table('letting_void')
    with op.batch_alter_table('room_return', schema=None) as batch_op:
        batch_op.drop_index('uq_room_return_standing', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_room_return_filed_on'))

    op.drop_table('room_return')
    with op.batch_alter_table('office_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_office_move_unit_id'))
        batch_op.drop_index(batch_op.f('ix_office_move_moved_on'))

    op.drop_table('office_move')
    with op.batch_alter_table('letting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letting_property_id'))
        batch_op.drop_index(batch_op.f('ix_letting_from_on'))

    op.drop_table('letting')
    op.drop_table('room_standard')
    op.drop_table('property')

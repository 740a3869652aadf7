"""One car, one file; what falls due; holiday sealing."""

import sqlalchemy as sa
from alembic import op


revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('obligation_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('km', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('clause', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.CheckConstraint('months > 0', name=op.f('ck_obligation_term_months_positive')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_obligation_term')),
    sa.UniqueConstraint('kind', 'valid_from', name='uq_obligation_term_kind_valid_from')
    )
    op.create_table('sealing_holiday',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_sealing_holiday_has_length')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealing_holiday')),
    sa.UniqueConstraint('starts_at', name=op.f('uq_sealing_holiday_starts_at'))
    )
    op.create_table('car_file',
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('vin', sa.String(), nullable=True),
    sa.Column('engine_no', sa.String(), nullable=True),
    sa.Column('brand', sa.String(), nullable=True),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('energy', sa.String(), nullable=False),
    sa.Column('displacement', sa.BigInteger(), nullable=True),
    sa.Column('colour', sa.String(), nullable=True),
    sa.Column('price', sa.BigInteger(), nullable=True),
    sa.Column('bought_on', sa.Date(), nullable=True),
    sa.Column('first_registered_on', sa.Date(), nullable=True),
    sa.Column('acquired', sa.String(), nullable=False),
    sa.Column('quota', sa.String(), nullable=False),
    sa.Column('special', sa.String(), nullable=True),
    sa.Column('old_cycle', sa.Boolean(), nullable=False),
    sa.Column('owner_unit_id', sa.Integer(), nullable=True),
    sa.Column('using_unit_id', sa.Integer(), nullable=True),
    sa.Column('platform', sa.String(), nullable=False),
    sa.Column('kept_at', sa.DateTime(), nullable=False),
    sa.Column('kept_by', sa.String(), nullable=False),
    sa.CheckConstraint('displacement IS NULL OR displacement >= 0', name=op.f('ck_car_file_displacement_not_negative')),
    sa.CheckConstraint('price IS NULL OR price >= 0', name=op.f('ck_car_file_price_not_negative')),
    sa.ForeignKeyConstraint(['owner_unit_id'], ['unit.id'], name=op.f('fk_car_file_owner_unit_id_unit')),
    sa.ForeignKeyConstraint(['using_unit_id'], ['unit.id'], name=op.f('fk_car_file_using_unit_id_unit')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_car_file_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('vehicle_id', name=op.f('pk_car_file')),
    sa.UniqueConstraint('vin', name=op.f('uq_car_file_vin'))
    )
    op.create_table('car_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_car_paper_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_car_paper_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_car_paper'))
    )
    with op.batch_alter_table('car_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_car_paper_vehicle_id'), ['vehicle_id'], unique=False)

    op.create_table('marking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('exempt', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_marking_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_marking'))
    )
    with op.batch_alter_table('marking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_marking_vehicle_id'), ['vehicle_id'], unique=False)

    op.create_table('sealing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('holiday_id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=False),
    sa.Column('exempt', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('key_holder', sa.String(), nullable=True),
    sa.Column('dial', sa.Integer(), nullable=True),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_sealing_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['holiday_id'], ['sealing_holiday.id'], name=op.f('fk_sealing_holiday_id_sealing_holiday')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_sealing_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealing')),
    sa.UniqueConstraint('holiday_id', 'vehicle_id', name='uq_sealing_holiday_vehicle')
    )
    with op.batch_alter_table('sealing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sealing_vehicle_id'), ['vehicle_id'], unique=False)

    op.create_table('calendar_feed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_calendar_feed_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('digest', name=op.f('uq_calendar_feed_digest'))
    )
    with op.batch_alter_table('calendar_feed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_feed_user_id'), ['user_id'], unique=False)

    op.create_table('seal_leave',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sealing_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('approver', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_seal_leave_has_length')),
    sa.ForeignKeyConstraint(['sealing_id'], ['sealing.id'], name=op.f('fk_seal_leave_sealing_id_sealing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seal_leave'))
    )
    with op.batch_alter_table('seal_leave', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seal_leave_sealing_id'), ['sealing_id'], unique=False)

    op.create_table('driver_file',
    sa.Column('driver_id', sa.Integer(), nullable=False),
    sa.Column('born_on', sa.Date(), nullable=True),
    sa.Column('licence_class', sa.String(), nullable=False),
    sa.Column('first_licensed_on', sa.Date(), nullable=False),
    sa.Column('licence_until', sa.Date(), nullable=True),
    sa.Column('phone', sa.String(), nullable=True),
    sa.Column('kept_at', sa.DateTime(), nullable=False),
    sa.Column('kept_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['driver_id'], ['driver.id'], name=op.f('fk_driver_file_driver_id_driver')),
    sa.PrimaryKeyConstraint('driver_id', name=op.f('pk_driver_file'))
    )
    op.create_table('obligation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vehicle_id', sa.Integer(), nullable=True),
    sa.Column('driver_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('due_km', sa.Integer(), nullable=True),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('follows_id', sa.Integer(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closed_as', sa.String(), nullable=True),
    sa.CheckConstraint('(vehicle_id IS NULL) <> (driver_id IS NULL)', name=op.f('ck_obligation_car_or_driver')),
    sa.ForeignKeyConstraint(['driver_id'], ['driver.id'], name=op.f('fk_obligation_driver_id_driver')),
    sa.ForeignKeyConstraint(['follows_id'], ['obligation.id'], name=op.f('fk_obligation_follows_id_obligation')),
    sa.ForeignKeyConstraint(['vehicle_id'], ['vehicle.id'], name=op.f('fk_obligation_vehicle_id_vehicle')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_obligation')),
    sa.UniqueConstraint('driver_id', 'kind', 'due_on', name='uq_obligation_driver_kind_due'),
    sa.UniqueConstraint('vehicle_id', 'kind', 'due_on', name='uq_obligation_vehicle_kind_due')
    )
    with op.batch_alter_table('obligation', schema=None) as batch_op:
        batch_op.create_index('ix_obligation_closed_on_due_on', ['closed_on', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_obligation_driver_id'), ['driver_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_obligation_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_obligation_vehicle_id'), ['vehicle_id'], unique=False)

    op.create_table('resealing',
    sa.Column('leave_id', sa.Integer(), nullable=False),
    sa.Column('dial', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['leave_id'], ['seal_leave.id'], name=op.f('fk_resealing_leave_id_seal_leave')),
    sa.PrimaryKeyConstraint('leave_id', name=op.f('pk_resealing'))
    )
    op.create_table('fitness_leave',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('obligation_id', sa.Integer(), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('allowed_by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('last_on >= first_on', name=op.f('ck_fitness_leave_has_length')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_fitness_leave_obligation_id_obligation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fitness_leave'))
    )
    with op.batch_alter_table('fitness_leave', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fitness_leave_obligation_id'), ['obligation_id'], unique=False)

    op.create_table('obligation_done',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('obligation_id', sa.Integer(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('result', sa.String(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('dial', sa.Integer(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_obligation_done_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_obligation_done_obligation_id_obligation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_obligation_done'))
    )
    with op.batch_alter_table('obligation_done', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_obligation_done_obligation_id'), ['obligation_id'], unique=False)

    op.create_table('obligation_lapse',
    sa.Column('obligation_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('noted_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_obligation_lapse_obligation_id_obligation')),
    sa.PrimaryKeyConstraint('obligation_id', name=op.f('pk_obligation_lapse'))
    )
    with op.batch_alter_table('obligation_lapse', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_obligation_lapse_day'), ['day'], unique=False)

    op.create_table('obligation_waiver',
    sa.Column('obligation_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['obligation_id'], ['obligation.id'], name=op.f('fk_obligation_waiver_obligation_id_obligation')),
    sa.PrimaryKeyConstraint('obligation_id', name=op.f('pk_obligation_waiver'))
    )
    op.create_table('done_reversal',
    sa.Column('done_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['done_id'], ['obligation_done.id'], name=op.f('fk_done_reversal_done_id_obligation_done')),
    sa.PrimaryKeyConstraint('done_id', name=op.f('pk_done_reversal'))
    )

def downgrade() -> None:
    op.drop_table('done_reversal')
    op.drop_table('obligation_waiver')
    op.drop_table('obligation_lapse')
    op.drop_table('obligation_done')
    op.drop_table('fitness_leave')
    op.drop_table('resealing')
    op.drop_table('obligation')
    op.drop_table('driver_file')
    op.drop_table('seal_leave')
    op.drop_table('calendar_feed')
    op.drop_table('sealing')
    op.drop_table('marking')
    op.drop_table('car_paper')
    op.drop_table('car_file')
    op.drop_table('sealing_holiday')
    op.drop_table('obligation_term')
    
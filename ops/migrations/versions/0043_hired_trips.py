"""Hired vehicles: vehicle-trips with their actuals, and the vendors' invoices."""

import sqlalchemy as sa
from alembic import op


revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hire_invoice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vendor_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_hire_invoice_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['vendor_id'], ['hire_vendor.id'], name=op.f('fk_hire_invoice_vendor_id_hire_vendor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_invoice')),
    sa.UniqueConstraint('vendor_id', 'number', name='uq_hire_invoice_vendor_id_number')
    )
    with op.batch_alter_table('hire_invoice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hire_invoice_day'), ['day'], unique=False)

    op.create_table('hire_invoice_return',
    sa.Column('invoice_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['invoice_id'], ['hire_invoice.id'], name=op.f('fk_hire_invoice_return_invoice_id_hire_invoice')),
    sa.PrimaryKeyConstraint('invoice_id', name=op.f('pk_hire_invoice_return'))
    )
    op.create_table('hire_invoice_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('invoice_id', sa.Integer(), nullable=False),
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('fee', sa.BigInteger(), nullable=False),
    sa.Column('released_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['invoice_id'], ['hire_invoice.id'], name=op.f('fk_hire_invoice_line_invoice_id_hire_invoice')),
    sa.ForeignKeyConstraint(['trip_id'], ['hired_trip.id'], name=op.f('fk_hire_invoice_line_trip_id_hired_trip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hire_invoice_line'))
    )
    with op.batch_alter_table('hire_invoice_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hire_invoice_line_invoice_id'), ['invoice_id'], unique=False)
        batch_op.create_index('uq_hire_invoice_line_trip_now', ['trip_id'], unique=True, sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))

    op.create_table('hired_actual',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('left_at', sa.DateTime(), nullable=False),
    sa.Column('back_at', sa.DateTime(), nullable=False),
    sa.Column('kilometres', sa.Integer(), nullable=False),
    sa.Column('plate', sa.String(), nullable=False),
    sa.Column('driver', sa.String(), nullable=False),
    sa.Column('overrun', sa.BigInteger(), nullable=False),
    sa.Column('extra', sa.BigInteger(), nullable=False),
    sa.Column('fee', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('fee >= 0 AND extra >= 0 AND kilometres >= 0', name=op.f('ck_hired_actual_not_negative')),
    sa.ForeignKeyConstraint(['trip_id'], ['hired_trip.id'], name=op.f('fk_hired_actual_trip_id_hired_trip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hired_actual')),
    sa.UniqueConstraint('trip_id', 'number', name='uq_hired_actual_trip_id_number')
    )
    op.create_table('hired_trip_cancellation',
    sa.Column('trip_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['trip_id'], ['hired_trip.id'], name=op.f('fk_hired_trip_cancellation_trip_id_hired_trip')),
    sa.PrimaryKeyConstraint('trip_id', name=op.f('pk_hired_trip_cancellation'))
    )
    with op.batch_alter_table('hired_trip', schema=None) as batch_op:
        batch_op.add_column(sa.Column('vendor_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('driver', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('price_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('off_list_reason', sa.String(), server_default='', nullable=False))
        batch_op.create_index(batch_op.f('ix_hired_trip_vendor_id'), ['vendor_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_hired_trip_price_id_contract_price'), 'contract_price', ['price_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_hired_trip_vendor_id_hire_vendor'), 'hire_vendor', ['vendor_id'], ['id'])

    # the vendors that stand in the vehicle-trips enter the list of vendors
    op.execute(
        "INSERT INTO hire_vendor (name, credit_code, contact, phone, at, by) "
        "SELECT DISTINCT vendor, '', '', '', CURRENT_TIMESTAMP, 'system' FROM hired_trip"
    )
    op.execute("UPDATE hired_trip SET vendor_id = (SELECT id FROM hire_vendor WHERE hire_vendor.name = hired_trip.vendor)")


def downgrade() -> None:
    with op.batch_alter_table('hired_trip', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_hired_trip_vendor_id_hire_vendor'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_hired_trip_price_id_contract_price'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_hired_trip_vendor_id'))
        batch_op.drop_column('off_list_reason')
        batch_op.drop_column('price_id')
        batch_op.drop_column('driver')
        batch_op.drop_column('vendor_id')

    op.drop_table('hired_trip_cancellation')
    op.drop_table('hired_actual')
    with op.batch_alter_table('hire_invoice_line', schema=None) as batch_op:
        batch_op.drop_index('uq_hire_invoice_line_trip_now', sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_hire_invoice_line_invoice_id'))

    op.drop_table('hire_invoice_line')
    op.drop_table('hire_invoice_return')
    with op.batch_alter_table('hire_invoice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hire_invoice_day'))

    op.drop_table('hire_invoice')

"""What units say of their trips, tariffs, and monthly statements."""

import sqlalchemy as sa
from alembic import op


revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kilometre_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('kilometres', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_kilometre_check_request_id_trip_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kilometre_check')),
    sa.UniqueConstraint('request_id', 'number', name=op.f('uq_kilometre_check_request_id_number'))
    )
    op.create_table('trip_rating',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_trip_rating_stars_range')),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_trip_rating_request_id_trip_request')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_trip_rating'))
    )
    op.create_index(op.f('ix_trip_rating_day'), 'trip_rating', ['day'])
    op.create_table('tariff',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('car_class', sa.String(), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('day_price', sa.BigInteger(), nullable=False),
    sa.Column('base_km', sa.Integer(), nullable=False),
    sa.Column('base_hours', sa.Integer(), nullable=False),
    sa.Column('km_price', sa.BigInteger(), nullable=False),
    sa.Column('hour_price', sa.BigInteger(), nullable=False),
    sa.Column('far_from', sa.Integer(), nullable=False),
    sa.Column('far_price', sa.BigInteger(), nullable=False),
    sa.Column('least_km', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tariff')),
    sa.UniqueConstraint('car_class', 'valid_from', name=op.f('uq_tariff_car_class_valid_from'))
    )
    op.create_table('trip_statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('issued_at', sa.DateTime(), nullable=False),
    sa.Column('issued_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_trip_statement_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trip_statement'))
    )
    op.create_index(op.f('ix_trip_statement_unit_id'), 'trip_statement', ['unit_id'])
    op.create_index(op.f('ix_trip_statement_first'), 'trip_statement', ['first'])
    op.create_table('trip_statement_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('dispatch_id', sa.Integer(), nullable=True),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('tariff_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('plate', sa.String(), nullable=False),
    sa.Column('destination', sa.String(), nullable=False),
    sa.Column('kilometres', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('share', sa.String(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_trip_statement_line_dispatch_id_dispatch')),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_trip_statement_line_request_id_trip_request')),
    sa.ForeignKeyConstraint(['statement_id'], ['trip_statement.id'], name=op.f('fk_trip_statement_line_statement_id_trip_statement')),
    sa.ForeignKeyConstraint(['tariff_id'], ['tariff.id'], name=op.f('fk_trip_statement_line_tariff_id_tariff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trip_statement_line')),
    sa.UniqueConstraint('dispatch_id', 'request_id', name=op.f('uq_trip_statement_line_dispatch_id_request_id'))
    )
    op.create_index(op.f('ix_trip_statement_line_statement_id'), 'trip_statement_line', ['statement_id'])
    op.create_index(op.f('ix_trip_statement_line_request_id'), 'trip_statement_line', ['request_id'])
    op.create_table('trip_statement_verdict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['statement_id'], ['trip_statement.id'], name=op.f('fk_trip_statement_verdict_statement_id_trip_statement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trip_statement_verdict')),
    sa.UniqueConstraint('statement_id', 'number', name=op.f('uq_trip_statement_verdict_statement_id_number'))
    )
    op.create_table('trip_settlement',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('statement_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_trip_settlement_request_id_trip_request')),
    sa.ForeignKeyConstraint(['statement_id'], ['trip_statement.id'], name=op.f('fk_trip_settlement_statement_id_trip_statement')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_trip_settlement'))
    )


def downgrade() -> None:
    for name in ('trip_settlement', 'trip_statement_verdict', 'trip_statement_line', 'trip_statement', 'tariff', 'trip_rating', 'kilometre_check'):
        op.drop_table(name)

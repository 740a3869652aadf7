"""Repairs: time limits, tickets and the steps of their life."""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('repair_limit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('urgency', sa.String(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('clause', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_repair_limit_minutes_positive')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair_limit')),
    sa.UniqueConstraint('kind', 'urgency', 'valid_from', name=op.f('uq_repair_limit_kind_urgency_valid_from'))
    )
    op.create_table('ticket',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('building_id', sa.Integer(), nullable=True),
    sa.Column('campus_id', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('trade', sa.String(), nullable=False),
    sa.Column('urgency', sa.String(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reported_at', sa.DateTime(), nullable=False),
    sa.Column('reported_by', sa.String(), nullable=False),
    sa.Column('accept_by', sa.DateTime(), nullable=False),
    sa.Column('attend_by', sa.DateTime(), nullable=True),
    sa.Column('finish_by', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_ticket_building_id_building')),
    sa.ForeignKeyConstraint(['campus_id'], ['campus.id'], name=op.f('fk_ticket_campus_id_campus')),
    sa.ForeignKeyConstraint(['photo_id'], ['attachment.id'], name=op.f('fk_ticket_photo_id_attachment')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_ticket_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_reported_at'), ['reported_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_unit_id'), ['unit_id'], unique=False)

    op.create_table('ticket_step',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('worker_id', sa.Integer(), nullable=True),
    sa.Column('worker', sa.String(), nullable=True),
    sa.Column('materials', sa.Text(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('stars', sa.Integer(), nullable=True),
    sa.Column('until', sa.DateTime(), nullable=True),
    sa.CheckConstraint("(kind = 'rated') = (stars IS NOT NULL)", name=op.f('ck_ticket_step_rating_has_stars')),
    sa.CheckConstraint('cost >= 0', name=op.f('ck_ticket_step_cost_not_negative')),
    sa.CheckConstraint('stars BETWEEN 1 AND 5', name=op.f('ck_ticket_step_stars_range')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_step_ticket_id_ticket')),
    sa.ForeignKeyConstraint(['worker_id'], ['user.id'], name=op.f('fk_ticket_step_worker_id_user')),
    sa.PrimaryKeyConstraint('ticket_id', 'number', name=op.f('pk_ticket_step')),
    sa.UniqueConstraint('ticket_id', 'round', 'kind', name=op.f('uq_ticket_step_ticket_id_round_kind'))
    )


def downgrade() -> None:
    op.drop_table('ticket_step')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_unit_id'))
        batch_op.drop_index(batch_op.f('ix_ticket_reported_at'))
        batch_op.drop_index(batch_op.f('ix_ticket_day'))

    op.drop_table('ticket')
    op.drop_table('repair_limit')

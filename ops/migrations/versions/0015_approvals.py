"""Approvals of requests for cars: the table of rules, steps and verdicts; who travels and what a request needs."""

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('trip_request', schema=None) as batch_op:
        for name in ('contact', 'phone', 'route'):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=''))
        for name in ('out_of_district', 'sealed_car', 'hired'):
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table('approval_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('condition', sa.String(), nullable=False),
    sa.Column('threshold', sa.Integer(), nullable=True),
    sa.Column('from_hour', sa.Integer(), nullable=True),
    sa.Column('to_hour', sa.Integer(), nullable=True),
    sa.Column('approver', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.CheckConstraint("(condition = 'days_over') = (threshold IS NOT NULL)", name=op.f('ck_approval_rule_days_have_a_threshold')),
    sa.CheckConstraint("(condition = 'night') = (from_hour IS NOT NULL)", name=op.f('ck_approval_rule_night_has_hours')),
    sa.CheckConstraint('from_hour BETWEEN 0 AND 23 AND to_hour BETWEEN 0 AND 23', name=op.f('ck_approval_rule_hours_of_a_day')),
    sa.CheckConstraint('to_on > valid_from', name=op.f('ck_approval_rule_ends_later')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_rule'))
    )
    op.create_table('approval_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('approver', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_approval_step_request_id_trip_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_step')),
    sa.UniqueConstraint('request_id', 'number', name=op.f('uq_approval_step_request_id_number'))
    )
    op.create_table('approval_step_reason',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['approval_rule.id'], name=op.f('fk_approval_step_reason_rule_id_approval_rule')),
    sa.ForeignKeyConstraint(['step_id'], ['approval_step.id'], name=op.f('fk_approval_step_reason_step_id_approval_step')),
    sa.PrimaryKeyConstraint('step_id', 'rule_id', name=op.f('pk_approval_step_reason'))
    )
    op.create_table('approval_verdict',
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_approval_verdict_by_id_user')),
    sa.ForeignKeyConstraint(['step_id'], ['approval_step.id'], name=op.f('fk_approval_verdict_step_id_approval_step')),
    sa.PrimaryKeyConstraint('step_id', name=op.f('pk_approval_verdict'))
    )
    op.create_table('oral_approval',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('approved_by', sa.String(), nullable=False),
    sa.Column('approved_at', sa.DateTime(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['trip_request.id'], name=op.f('fk_oral_approval_request_id_trip_request')),
    sa.PrimaryKeyConstraint('request_id', name=op.f('pk_oral_approval'))
    )


def downgrade() -> None:
    for name in ('oral_approval', 'approval_verdict', 'approval_step_reason', 'approval_step', 'approval_rule'):
        op.drop_table(name)
    with op.batch_alter_table('trip_request', schema=None) as batch_op:
        for name in ('hired', 'sealed_car', 'out_of_district', 'route', 'phone', 'contact'):
            batch_op.drop_column(name)

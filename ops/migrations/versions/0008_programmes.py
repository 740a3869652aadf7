"""Budget programmes: targets, bindings, payments, and what people decide about them."""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('payee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payee')),
    sa.UniqueConstraint('kind', 'name', name=op.f('uq_payee_kind_name'))
    )
    op.create_table('programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('bookmark', sa.String(), nullable=True),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('unit_line', sa.String(), nullable=False),
    sa.Column('amount_unit', sa.String(), nullable=False),
    sa.Column('total_text', sa.String(), nullable=False),
    sa.Column('fiscal_text', sa.String(), nullable=True),
    sa.Column('other_text', sa.String(), nullable=True),
    sa.Column('fund_use', sa.Text(), nullable=False),
    sa.Column('goals', sa.Text(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_programme_attachment_id_attachment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('year', 'code', name=op.f('uq_programme_year_code'))
    )
    op.create_table('budget_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_budget_change_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_budget_change'))
    )
    with op.batch_alter_table('budget_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_budget_change_programme_id'), ['programme_id'], unique=False)

    op.create_table('deviation_reason',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('cause', sa.Text(), nullable=False),
    sa.Column('measure', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_deviation_reason_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deviation_reason'))
    )
    with op.batch_alter_table('deviation_reason', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deviation_reason_programme_id'), ['programme_id'], unique=False)

    op.create_table('funding_point',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('percent_text', sa.String(), nullable=False),
    sa.Column('percent', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_funding_point_programme_id_programme')),
    sa.PrimaryKeyConstraint('programme_id', 'number', name=op.f('pk_funding_point'))
    )
    op.create_table('indicator',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('level1', sa.String(), nullable=False),
    sa.Column('level2', sa.String(), nullable=False),
    sa.Column('level3', sa.String(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('value_text', sa.String(), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('weight', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_indicator_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator')),
    sa.UniqueConstraint('programme_id', 'row', name=op.f('uq_indicator_programme_id_row'))
    )
    op.create_table('payment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('payee_id', sa.Integer(), nullable=False),
    sa.Column('voucher', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_payment_positive')),
    sa.ForeignKeyConstraint(['payee_id'], ['payee.id'], name=op.f('fk_payment_payee_id_payee')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_payment_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
    sa.UniqueConstraint('programme_id', 'voucher', name=op.f('uq_payment_programme_id_voucher'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_paid_on'), ['paid_on'], unique=False)

    op.create_table('definition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_definition_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_definition'))
    )
    with op.batch_alter_table('definition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_definition_indicator_id'), ['indicator_id'], unique=False)

    op.create_table('indicator_binding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('binds', sa.String(), nullable=False),
    sa.Column('metric', sa.String(), nullable=True),
    sa.Column('scope_label', sa.String(), nullable=True),
    sa.Column('witness', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_binding_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_binding'))
    )
    with op.batch_alter_table('indicator_binding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_binding_indicator_id'), ['indicator_id'], unique=False)

    op.create_table('judgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('grade', sa.String(), nullable=False),
    sa.Column('points', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_judgement_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judgement'))
    )
    with op.batch_alter_table('judgement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_judgement_indicator_id'), ['indicator_id'], unique=False)

    op.create_table('payment_reversal',
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_payment_reversal_payment_id_payment')),
    sa.PrimaryKeyConstraint('payment_id', name=op.f('pk_payment_reversal'))
    )


def downgrade() -> None:
    op.drop_table('payment_reversal')
    with op.batch_alter_table('judgement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_judgement_indicator_id'))

    op.drop_table('judgement')
    with op.batch_alter_table('indicator_binding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_indicator_binding_indicator_id'))

    op.drop_table('indicator_binding')
    with op.batch_alter_table('definition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_definition_indicator_id'))

    op.drop_table('definition')
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_paid_on'))

    op.drop_table('payment')
    op.drop_table('indicator')
    op.drop_table('funding_point')
    with op.batch_alter_table('deviation_reason', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deviation_reason_programme_id'))

    op.drop_table('deviation_reason')
    with op.batch_alter_table('budget_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_budget_change_programme_id'))

    op.drop_table('budget_change')
    op.drop_table('programme')
    op.drop_table('payee')

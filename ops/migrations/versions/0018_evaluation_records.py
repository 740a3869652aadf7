"""The self-evaluation: dated scoring settings, revised weights, signatures, kept files."""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('scoring_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('document', sa.String(), nullable=False),
    sa.Column('clause', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scoring_version'))
    )
    with op.batch_alter_table('scoring_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scoring_version_name'), ['name'], unique=False)

    op.create_table('form_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('content_hash', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_form_signature_programme_id_programme')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_form_signature_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_signature'))
    )
    with op.batch_alter_table('form_signature', schema=None) as batch_op:
        batch_op.create_index('ix_form_signature_programme_id_step', ['programme_id', 'step'], unique=False)

    op.create_table('kept_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(), nullable=False),
    sa.Column('content_hash', sa.String(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_kept_report_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_kept_report_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_report')),
    sa.UniqueConstraint('programme_id', 'occasion', 'attachment_id', name=op.f('uq_kept_report_programme_id_occasion_attachment_id'))
    )
    with op.batch_alter_table('kept_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_report_programme_id'), ['programme_id'], unique=False)

    op.create_table('weight_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_weight_revision_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_weight_revision'))
    )
    with op.batch_alter_table('weight_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_weight_revision_programme_id'), ['programme_id'], unique=False)

    op.create_table('indicator_weight',
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('weight', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_weight_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['revision_id'], ['weight_revision.id'], name=op.f('fk_indicator_weight_revision_id_weight_revision')),
    sa.PrimaryKeyConstraint('revision_id', 'indicator_id', name=op.f('pk_indicator_weight'))
    )
    op.create_table('signature_withdrawal',
    sa.Column('signature_id', sa.Integer(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['signature_id'], ['form_signature.id'], name=op.f('fk_signature_withdrawal_signature_id_form_signature')),
    sa.PrimaryKeyConstraint('signature_id', name=op.f('pk_signature_withdrawal'))
    )


def downgrade() -> None:
    op.drop_table('signature_withdrawal')
    op.drop_table('indicator_weight')
    with op.batch_alter_table('weight_revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_weight_revision_programme_id'))

    op.drop_table('weight_revision')
    with op.batch_alter_table('kept_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_report_programme_id'))

    op.drop_table('kept_report')
    with op.batch_alter_table('form_signature', schema=None) as batch_op:
        batch_op.drop_index('ix_form_signature_programme_id_step')

    op.drop_table('form_signature')
    with op.batch_alter_table('scoring_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scoring_version_name'))

    op.drop_table('scoring_version')

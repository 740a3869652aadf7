"""Evidence packs that were kept."""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kept_pack',
    sa.Column('closing_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('manifest_sha256', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_kept_pack_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['closing_id'], ['closing.id'], name=op.f('fk_kept_pack_closing_id_closing')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_kept_pack_programme_id_programme')),
    sa.PrimaryKeyConstraint('closing_id', 'programme_id', name=op.f('pk_kept_pack'))
    )


def downgrade() -> None:
    op.drop_table('kept_pack')

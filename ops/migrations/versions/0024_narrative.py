"""The narrative: paragraphs in versions, named figures, approvals, kept files."""

import sqlalchemy as sa
from alembic import op


revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('narrative_paragraph',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_narrative_paragraph'))
    )
    op.create_index(op.f('ix_narrative_paragraph_year'), 'narrative_paragraph', ['year'])
    op.create_table('paragraph_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paragraph_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['paragraph_id'], ['narrative_paragraph.id'], name=op.f('fk_paragraph_version_paragraph_id_narrative_paragraph')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paragraph_version'))
    )
    op.create_index(op.f('ix_paragraph_version_paragraph_id'), 'paragraph_version', ['paragraph_id'])
    op.create_table('narrative_figure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_narrative_figure')),
    sa.UniqueConstraint('name', name=op.f('uq_narrative_figure_name'))
    )
    op.create_table('narrative_approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('figures', sa.Text(), nullable=False),
    sa.Column('text_sha256', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_narrative_approval'))
    )
    op.create_index(op.f('ix_narrative_approval_year'), 'narrative_approval', ['year'])
    op.create_table('kept_narrative',
    sa.Column('closing_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_kept_narrative_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['closing_id'], ['closing.id'], name=op.f('fk_kept_narrative_closing_id_closing')),
    sa.PrimaryKeyConstraint('closing_id', name=op.f('pk_kept_narrative'))
    )


def downgrade() -> None:
    for table in ('kept_narrative', 'narrative_approval', 'narrative_figure', 'paragraph_version', 'narrative_paragraph'):
        op.drop_table(table)

"""The assessment of sections: key tasks, milestones, the figures that a section answers for."""

import sqlalchemy as sa
from alembic import op


revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('key_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('section_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('safeguard', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['section_id'], ['section.id'], name=op.f('fk_key_task_section_id_section')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_task'))
    )
    op.create_index(op.f('ix_key_task_section_id'), 'key_task', ['section_id'])
    op.create_index(op.f('ix_key_task_year'), 'key_task', ['year'])
    op.create_table('milestone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('section_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['section_id'], ['section.id'], name=op.f('fk_milestone_section_id_section')),
    sa.ForeignKeyConstraint(['task_id'], ['key_task.id'], name=op.f('fk_milestone_task_id_key_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone'))
    )
    op.create_index(op.f('ix_milestone_due_on'), 'milestone', ['due_on'])
    op.create_index(op.f('ix_milestone_task_id'), 'milestone', ['task_id'])
    op.create_table('milestone_completion',
    sa.Column('milestone_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_milestone_completion_attachment_id_attachment')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_milestone_completion_milestone_id_milestone')),
    sa.PrimaryKeyConstraint('milestone_id', name=op.f('pk_milestone_completion'))
    )
    op.create_table('milestone_waiver',
    sa.Column('milestone_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_milestone_waiver_milestone_id_milestone')),
    sa.PrimaryKeyConstraint('milestone_id', name=op.f('pk_milestone_waiver'))
    )
    op.create_table('task_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['task_id'], ['key_task.id'], name=op.f('fk_task_note_task_id_key_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_note'))
    )
    op.create_index(op.f('ix_task_note_task_id'), 'task_note', ['task_id'])
    op.create_table('section_measure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('section_id', sa.Integer(), nullable=False),
    sa.Column('metric', sa.String(), nullable=False),
    sa.Column('sign', sa.String(), nullable=False),
    sa.Column('target', sa.BigInteger(), nullable=True),
    sa.Column('weight', sa.BigInteger(), nullable=False),
    sa.Column('from_year', sa.Integer(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['section_id'], ['section.id'], name=op.f('fk_section_measure_section_id_section')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_section_measure'))
    )
    op.create_index(op.f('ix_section_measure_section_id'), 'section_measure', ['section_id'])


def downgrade() -> None:
    for table in ('section_measure', 'task_note', 'milestone_waiver', 'milestone_completion', 'milestone', 'key_task'):
        op.drop_table(table)

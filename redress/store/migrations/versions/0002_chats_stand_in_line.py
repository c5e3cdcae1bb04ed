"""chats stand in a line for their turns

Revision: 0002, after 0001. Made on 2026-11-22 05:27:47.176072.
"""

import sqlalchemy as sa
from alembic import op

import redress.store.tables


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('waiting_chats',
    sa.Column('app', sa.String(length=200), nullable=False),
    sa.Column('shop', sa.String(length=200), nullable=False),
    sa.Column('chat', sa.String(length=200), nullable=False),
    sa.Column('turns', sa.Integer(), nullable=False),
    sa.Column('due_at', redress.store.tables.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('app', 'shop', 'chat', name=op.f('pk_waiting_chats'))
    )
    op.create_index('ix_waiting_chats_turns', 'waiting_chats', ['turns', 'due_at'])
    op.execute(
        "INSERT INTO waiting_chats (app, shop, chat, turns, due_at) SELECT app, shop, chat, 0, MIN(due_at) "
        "FROM channel_updates WHERE state IN ('waiting', 'taken') GROUP BY app, shop, chat"
    )
    op.execute("UPDATE channel_updates SET state = 'begun' WHERE state = 'taken' OR (state = 'waiting' AND tries > 0)")
    with op.batch_alter_table('channel_updates') as batch_op:
        batch_op.drop_column('due_at')


def downgrade() -> None:
    with op.batch_alter_table('channel_updates') as batch_op:
        batch_op.add_column(sa.Column('due_at', redress.store.tables.Instant(timezone=True), nullable=True))
    op.execute("UPDATE channel_updates SET due_at = created_at")
    op.execute("UPDATE channel_updates SET state = 'waiting' WHERE state = 'begun'")
    with op.batch_alter_table('channel_updates') as batch_op:
        batch_op.alter_column('due_at', existing_type=redress.store.tables.Instant(timezone=True), nullable=False)
    op.drop_index('ix_waiting_chats_turns', 'waiting_chats')
    op.drop_table('waiting_chats')

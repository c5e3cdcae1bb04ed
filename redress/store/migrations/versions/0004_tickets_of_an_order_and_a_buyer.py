"""tickets of an order and of a buyer, the newest first

Revision: 0004, after 0003. Made on 2026-11-22 06:16:20.113907.
"""

from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_tickets_order_number', 'tickets')
    op.create_index('ix_tickets_order_number', 'tickets', ['order_number', 'shop', 'created_at', 'number'])
    op.drop_index('ix_tickets_email', 'tickets')
    op.create_index('ix_tickets_email', 'tickets', ['email', 'created_at', 'number'])


def downgrade() -> None:
    op.drop_index('ix_tickets_email', 'tickets')
    op.create_index('ix_tickets_email', 'tickets', ['email'])
    op.drop_index('ix_tickets_order_number', 'tickets')
    op.create_index('ix_tickets_order_number', 'tickets', ['order_number'])

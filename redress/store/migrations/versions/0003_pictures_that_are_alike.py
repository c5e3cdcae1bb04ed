"""pictures that are alike; indexes that give lists in their order

Revision: 0003, after 0002. Made on 2026-11-22 05:56:04.494538.
"""

import sqlalchemy as sa
from alembic import op

from redress.store.likeness import parts


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

AT_ONCE = 1000
type Indexes = tuple[tuple[str, str, list[str]], ...]
# (name, table, columns), as they were and as they become
BEFORE: Indexes = (
    ('ix_audit_log_actor', 'audit_log', ['actor']),
    ('ix_audit_log_subject', 'audit_log', ['subject']),
    ('ix_tickets_assignee', 'tickets', ['assignee']),
    ('ix_tickets_issue', 'tickets', ['issue', 'created_at']),
    ('ix_tickets_shop', 'tickets', ['shop', 'created_at']),
    ('ix_tickets_state', 'tickets', ['state', 'created_at']),
)
AFTER: Indexes = (
    ('ix_audit_log_actor', 'audit_log', ['actor', 'id']),
    ('ix_audit_log_subject', 'audit_log', ['subject', 'id']),
    ('ix_tickets_issue', 'tickets', ['issue', 'created_at', 'number', 'state']),
    ('ix_tickets_shop', 'tickets', ['shop', 'created_at', 'number']),
    ('ix_tickets_shop_issue', 'tickets', ['shop', 'issue', 'created_at', 'number', 'state']),
    ('ix_tickets_state', 'tickets', ['state', 'created_at', 'number', 'shop', 'issue']),
    ('ix_tickets_queue_by_assignee', 'tickets', ['assignee', 'open', 'due_at', 'created_at', 'number']),
    ('ix_tickets_queue_by_state', 'tickets',
     ['open', 'state', 'due_at', 'created_at', 'number', 'shop', 'issue', 'flagged', 'assignee']),
)  # fmt: skip


def upgrade() -> None:
    op.create_table('likeness',
    sa.Column('part', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('evidence_id', sa.String(length=200), nullable=False),
    sa.Column('fingerprint', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_likeness_evidence_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('part', 'evidence_id', name=op.f('pk_likeness'))
    )
    op.create_index(op.f('ix_likeness_evidence_id'), 'likeness', ['evidence_id'])
    _take_in_what_is_there()
    _exchange(BEFORE, AFTER)


def downgrade() -> None:
    _exchange(AFTER, BEFORE)
    op.drop_table('likeness')


def _exchange(old: Indexes, new: Indexes) -> None:
    for name, table, _ in old:
        op.drop_index(name, table)
    for name, table, columns in new:
        op.create_index(name, table, columns)


def _take_in_what_is_there() -> None:
    evidence = sa.table('evidence', sa.column('id', sa.String()), sa.column('details', sa.JSON()))
    likeness = sa.table('likeness', *(sa.column(name) for name in ('part', 'evidence_id', 'fingerprint')))
    connection, last = op.get_bind(), ''
    wanted = sa.select(evidence.c.id, evidence.c.details).order_by(evidence.c.id).limit(AT_ONCE)
    while rows := connection.execute(wanted.where(evidence.c.id > last)).all():
        found = [
            {'part': part, 'evidence_id': id_, 'fingerprint': details['phash']}
            for id_, details in rows
            if details.get('phash')
            for part in parts(details['phash'])
        ]
        if found:
            connection.execute(sa.insert(likeness), found)
        last = rows[-1].id

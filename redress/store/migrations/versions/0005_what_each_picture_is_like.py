"""what each picture is like, found when it comes

Revision: 0005, after 0004. Made on 2026-11-22 06:38:02.640121.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from redress.store.likeness import near


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('alike',
    sa.Column('evidence_id', sa.String(length=200), nullable=False),
    sa.Column('other_id', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_alike_evidence_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['evidence.id'], name=op.f('fk_alike_other_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('evidence_id', 'other_id', name=op.f('pk_alike'))
    )
    op.create_index(op.f('ix_alike_other_id'), 'alike', ['other_id'])
    _compare_what_is_there()


def downgrade() -> None:
    op.drop_table('alike')


def _compare_what_is_there() -> None:
    evidence = sa.table('evidence', sa.column('id', sa.String()), sa.column('sha256', sa.String()))
    likeness = sa.table('likeness', sa.column('evidence_id', sa.String()), sa.column('fingerprint', sa.String()))
    alike = sa.table('alike', sa.column('evidence_id', sa.String()), sa.column('other_id', sa.String()))
    connection = op.get_bind()
    pictures = (
        sa.select(evidence.c.id, evidence.c.sha256, likeness.c.fingerprint)
        .join(likeness, likeness.c.evidence_id == evidence.c.id)
        .distinct()
    )
    pairs = set()
    for id_, sha256, fingerprint in connection.execute(pictures).all():
        for other in near(Session(connection), id_, sha256, fingerprint):
            pairs |= {(id_, other), (other, id_)}
    if pairs:
        connection.execute(sa.insert(alike), [{'evidence_id': one, 'other_id': other} for one, other in sorted(pairs)])

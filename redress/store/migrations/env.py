"""Alembic's environment: migrations run on the connection that `redress.store.migrate` hands over."""

from alembic import context

import redress.store.channel_tables
import redress.store.console_tables
import redress.store.outbox_tables  # noqa: F401  their tables, too, are in the metadata
from redress.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    compare_type=True,
    # the search index is derived data: redress.store.search makes it, not a migration
    include_name=lambda name, kind, _parents: not (name or "").startswith(("ticket_search", "ix_ticket_search")),
)
with context.begin_transaction():
    context.run_migrations()

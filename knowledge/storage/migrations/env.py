"""Run by Alembic: migrate over the connection that `schema.upgrade` hands in."""

from alembic import context

from knowledge.storage.orm import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

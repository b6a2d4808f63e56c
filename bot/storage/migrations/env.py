"""Run by Alembic: migrate over the connection that `schema.upgrade` hands in."""

from alembic import context

from bot.storage.schema import VERSIONS
from bot.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSIONS,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

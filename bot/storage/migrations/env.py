"""Run by Alembic: migrate over the connection that `Migrations.upgrade` hands in."""

from alembic import context

from bot.storage.schema import MIGRATIONS
from bot.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=MIGRATIONS.versions,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

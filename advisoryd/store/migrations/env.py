"""What Alembic runs: the migrations of ``versions/`` on the connection it was handed."""

from alembic import context

from advisoryd.store.engine import VERSION_TABLE
from advisoryd.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, version_table=VERSION_TABLE, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()

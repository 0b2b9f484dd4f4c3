"""What alembic runs for every history: it uses the connection and metadata it is handed."""

from alembic import context

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    version_table=attributes["version_table"],
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()

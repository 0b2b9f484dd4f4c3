"""Where all tables of the staff slice meet."""

from sqlalchemy import MetaData

from app.durable.tables import SliceTables

METADATA = MetaData()
TABLES = SliceTables(METADATA)
HISTORY = "app.backend.staff.migrations"

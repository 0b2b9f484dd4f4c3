"""The tables every slice has besides its own: data keys, answers by key, the ledger's leaves."""

from sqlalchemy import MetaData

from app.durable.answers import answer_table
from app.durable.cells import key_table
from app.durable.leaves import leaf_tables


class SliceTables:
    """The shared kinds of tables, made in one slice's metadata."""

    def __init__(self, metadata: MetaData) -> None:
        self.metadata = metadata
        self.keys = key_table(metadata)
        self.answers = answer_table(metadata)
        self.leaves = leaf_tables(metadata)

"""What the tests of the ledger stand on."""

from tests.edge.ledger.books import ledger

__all__ = ["ledger"]

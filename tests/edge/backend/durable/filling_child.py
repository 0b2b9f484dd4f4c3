"""A process that ends in the midst of filling a store, as in a power cut: ``filling_child FILE``, key from stdin."""

import os
import sys
from pathlib import Path

from app.domain.secret import Secret
from app.durable.address import SqlcipherFile
from app.durable.engine import open_database
from app.durable.filling import Filling, fill
from tests.edge.backend.durable.test_filling import TABLES, enter


def main() -> None:
    """Fill half and end at once, with nothing tidied up."""
    address = SqlcipherFile(Path(sys.argv[1]), Secret(sys.stdin.buffer.read()))

    def cut_off(filling: Filling) -> None:
        enter("b")(filling)
        os._exit(9)

    fill(open_database(address), address, TABLES, cut_off)


if __name__ == "__main__":
    main()

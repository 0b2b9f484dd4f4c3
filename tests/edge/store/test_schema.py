"""The histories of terminal.db and work.db agree with their models, and going back undoes going there."""

import os
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from app.domain.secret import Secret
from app.durable.address import SqlcipherFile
from app.durable.engine import open_database
from app.durable.migrate import migrate
from app.store.tables import TERMINAL, TERMINAL_HISTORY, WORK, WORK_HISTORY
from tests.support.migrations import differences, down_to, tables_of


@pytest.mark.parametrize(("history", "metadata"), [(TERMINAL_HISTORY, TERMINAL), (WORK_HISTORY, WORK)])
def test_history_and_models_agree_and_down_undoes_up(tmp_path: Path, history: str, metadata: MetaData) -> None:
    database = open_database(SqlcipherFile(tmp_path / "store.db", Secret(os.urandom(32))))
    try:
        migrate(database, history, metadata)
        assert differences(database, metadata) == []
        assert tables_of(database) == set(metadata.tables)
        down_to(database, history, metadata, "base")
        assert tables_of(database) == set()
    finally:
        database.close()

"""How much a program logs is a setting of its installation; without one it is "info"."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import BadSettings
from app.settings import CounterSettings, ServerSettings, counter_settings, server_settings

TLS = """
[tls]
authority = "a.pem"
certificate = "c.pem"
key = "k.pem"
"""
SERVER = 'folder = "b"\nhost = "127.0.0.1"\nport = 0\ndatabase = "sqlcipher"\nschema_prefix = ""\ntraining = false\n'
COUNTER = "".join(
    f'{name} = "00"\n'
    for name in (
        *("folder", "office_url", "terminal", "municipality", "window", "keyring_service", "recovery"),
        *("municipality_name", "prefecture", "issuer"),
    )
) + ("lock_after_s = 180\ntraining = false\n")
Read = Callable[[Path], ServerSettings | CounterSettings]
BOTH = pytest.mark.parametrize(
    ("read", "text"), [(server_settings, SERVER), (counter_settings, COUNTER)], ids=["server", "counter"]
)


def level(read: Read, text: str, folder: Path) -> int:
    path = folder / "settings.toml"
    path.write_text(text + TLS, "utf-8")
    return read(path).log_level


@BOTH
def test_what_is_told_is_logged_and_else_what_informs(read: Read, text: str, tmp_path: Path) -> None:
    assert level(read, text, tmp_path) == logging.INFO
    assert level(read, f'log_level = "debug"\n{text}', tmp_path) == logging.DEBUG
    assert level(read, f'log_level = "error"\n{text}', tmp_path) == logging.ERROR


@BOTH
@pytest.mark.parametrize("wrong", ['"all"', "10", '"DEBUG"'])
def test_a_level_that_is_none_is_named(read: Read, text: str, wrong: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as told:
        level(read, f"log_level = {wrong}\n{text}", tmp_path)
    assert told.value.data == {"name": "log_level"}

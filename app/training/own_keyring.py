"""A keyring for training where the desktop has none: a real GNOME keyring under a session bus of its own."""

import os
import shutil
import sys
from pathlib import Path

from app.domain.clock import Random
from app.training.certificates import write_private

MARK = "MADOGUCHI_TRAINING_KEYRING"
_NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
_SCRIPT = (
    'control=$(mktemp -d) || exit 3; env XDG_DATA_HOME="$1/data" gnome-keyring-daemon --daemonize --unlock '
    '--components=secrets --control-directory="$control" < "$1/password" > /dev/null 2>&1 || exit 3; '
    'rm -rf -- "$control"; shift; exec "$@"'
)
"""The control socket is needed for its start only, and a socket's path is short: 107 bytes (unix(7), published)."""


def can_help() -> bool:
    """Whether a keyring of our own can be started here, and this is not that session already."""
    return MARK not in os.environ and all(shutil.which(name) for name in _NEEDED)


def start_again(folder: Path, words: list[str], random: Random) -> None:
    """Replace this process by itself under a bus and keyring in ``folder``; does not return.

    The keyring's password lies beside it: it guards synthetic data only. In service the person's own keyring is used.
    """
    password = folder / "password"
    if not password.exists():
        write_private(password, random.token(24).hex().encode())
    (folder / "data").mkdir(mode=0o700, parents=True, exist_ok=True)
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    command = ["dbus-run-session", "--", "sh", "-c", _SCRIPT, "sh", str(folder), *program, "--training", *words]
    os.execvpe(command[0], command, {**_plain_environment(), MARK: "own"})  # noqa: S606 -- our own program again


def _plain_environment() -> dict[str, str]:
    """Without the library path of a frozen program: the programs between need the system's libraries, not ours.

    Source: PyInstaller manual, "Run-time Information" (LD_LIBRARY_PATH_ORIG), published.
    """
    kept = dict(os.environ)
    if getattr(sys, "frozen", False):
        before = kept.pop("LD_LIBRARY_PATH_ORIG", None)
        kept.pop("LD_LIBRARY_PATH", None)
        if before is not None:
            kept["LD_LIBRARY_PATH"] = before
    return kept

"""A real SecretService: a session bus and an unlocked GNOME keyring in folders of their own."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.process import program, running, wait_for

PASSWORD = "たぬき-keyring"


@contextlib.contextmanager
def keyring_session(home: Path, *, password: str = PASSWORD) -> Iterator[dict[str, str]]:
    """Start bus and keyring; yield the environment variables under which a process finds them.

    What was stored stays in ``home`` and is there again in a later session with the same password. With another
    password the keyring stays locked, as after a changed sign-in password.
    """
    data, runtime = home / "data", home / "run"
    for folder in (data, runtime):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = f"unix:path={runtime}/bus"
    found = {
        "DBUS_SESSION_BUS_ADDRESS": address,
        "XDG_DATA_HOME": str(data),
        "XDG_RUNTIME_DIR": str(runtime),
    }
    env = {**os.environ, **found, "GNOME_KEYRING_CONTROL": str(runtime / "keyring")}
    bus = [program("dbus-daemon"), "--session", "--nofork", "--nopidfile", f"--address={address}"]
    with running(bus, log=home / "bus.log", env=env):
        wait_for((runtime / "bus").exists, "the session bus")
        keyring = [program("gnome-keyring-daemon"), "--foreground", "--unlock", "--components=secrets"]
        with (home / "keyring.log").open("ab") as log:
            daemon = subprocess.Popen(keyring, stdin=subprocess.PIPE, stdout=log, stderr=log, env=env)
        try:
            assert daemon.stdin is not None
            daemon.stdin.write(password.encode())
            daemon.stdin.close()
            wait_for(lambda: _owned(env), "the keyring's name on the bus")
            yield found
        finally:
            daemon.terminate()
            daemon.wait(10)


def _owned(env: dict[str, str]) -> bool:
    """Whether somebody answers as ``org.freedesktop.secrets``, without starting anybody."""
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    try:
        connection = open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"])
    except ConnectionRefusedError:  # its socket has a name, and nobody listens yet
        return False
    with connection:
        question = new_method_call(bus, "NameHasOwner", "s", ("org.freedesktop.secrets",))
        return bool(connection.send_and_get_reply(question, timeout=5).body[0])


@pytest.fixture(scope="session")
def keyring_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The variables of a keyring session; also set in this process, so that ``keyring`` finds it here."""
    with (
        keyring_session(tmp_path_factory.mktemp("keyring")) as found,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in found.items():
            patch.setenv(name, value)
        yield found

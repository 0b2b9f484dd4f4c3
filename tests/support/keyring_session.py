"""A real SecretService: a session bus and an unlocked GNOME keyring in folders of their own."""

import contextlib
import logging
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.process import program, running, wait_for

log = logging.getLogger(__name__)

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


def unlock_again(found: dict[str, str], *, password: str = PASSWORD) -> bool:
    """What a person does when asked for the password of a keyring that locked itself; whether it had.

    GNOME's keyring (42.1, seen once in a dozen whole runs) reads its own file again while it is written and at times
    takes it for changed by somebody else: it is locked from then on, and here nobody sits who would be asked.
    """
    from jeepney import DBusAddress, Properties, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    name, path = "org.freedesktop.secrets", "/org/freedesktop/secrets/collection/login"
    collection = DBusAddress(path, name, "org.freedesktop.Secret.Collection")
    service = DBusAddress("/org/freedesktop/secrets", name, "org.freedesktop.Secret.Service")
    inner = DBusAddress(service.object_path, name, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface")
    with open_dbus_connection(found["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        answer = connection.send_and_get_reply(Properties(collection).get("Locked"), timeout=60)
        if answer.body[0] != ("b", True):
            return False
        session = connection.send_and_get_reply(
            new_method_call(service, "OpenSession", "sv", ("plain", ("s", ""))), timeout=60
        ).body[1]
        master = (session, b"", password.encode(), "text/plain")
        words = new_method_call(inner, "UnlockWithMasterPassword", "o(oayays)", (path, master))
        connection.send_and_get_reply(words, timeout=60)
    log.warning("the keyring had locked itself and was unlocked again")
    return True


@pytest.fixture(autouse=True)
def _keyring_stays_unlocked(request: pytest.FixtureRequest) -> None:
    """Before each test that uses this session's keyring."""
    if request.node.get_closest_marker("keyring") is not None and "keyring_home" in request.fixturenames:
        unlock_again(request.getfixturevalue("keyring_home"))


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

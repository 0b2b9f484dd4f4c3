"""The program as a ward PC gets it: built, packed, unpacked and started where there is no Python."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.backend import backend
from tests.support.source import ROOT

pytestmark = pytest.mark.timeout(420)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The frozen folder and the Debian package; the folder is built anew only when its sources changed."""
    into = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "installer/build.py", "--into", str(into)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr[-4000:]
    return [Path(line) for line in run.stdout.split()]


def self_check(program: Path, home: Path) -> dict[str, object]:
    """What the program says of itself, started without this machine's Python, its variables or a screen."""
    env = {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "PATH": os.defpath}
    run = subprocess.run([program, "--self-check"], capture_output=True, text=True, env=env, cwd=home, check=False)
    assert run.returncode == 0, run.stderr[-4000:]
    return json.loads(run.stdout)


def test_the_frozen_counter_shows_its_sign_in_screen(built: list[Path], tmp_path: Path) -> None:
    said = self_check(built[0] / "madoguchi", tmp_path)
    assert said["frozen"] is True
    assert said["screen"] == "sign_in"
    assert list(tmp_path.iterdir()) == [], "a look at the window leaves nothing behind"


def test_the_frozen_backend_signs_a_clerk_in_over_mutual_tls(built: list[Path], tmp_path: Path) -> None:
    with backend(tmp_path, program=[str(built[0] / "madoguchi"), "--backend"]) as running:
        assert Path(f"/proc/{running.pid}/exe").resolve() == (built[0] / "madoguchi").resolve()
        assert running.seat("k1001").token is not None


def test_the_frozen_training_opens_on_a_screen_of_its_own_twice(
    built: list[Path], tmp_path: Path, display: str
) -> None:
    # no session bus and no keyring are handed in: it brings its own, makes the city, starts itself as the backend
    env = {"HOME": str(tmp_path), "DISPLAY": display, "LANG": "C.UTF-8", "PATH": os.defpath}
    for made_now in (True, False):
        command = [built[0] / "madoguchi", "--training", "--self-check", "--residents", "60"]
        run = subprocess.run(command, capture_output=True, text=True, env=env, cwd=tmp_path, check=False, timeout=90)
        assert run.returncode == 0, run.stderr[-4000:]
        assert json.loads(run.stdout) == {"painted": "SignInScreen"}
        assert ("1／4" in run.stderr) == made_now


def test_the_debian_package_holds_a_counter_that_starts(built: list[Path], tmp_path: Path) -> None:
    tree, home = tmp_path / "tree", tmp_path / "home"
    home.mkdir()
    subprocess.run(["dpkg-deb", "-x", built[1], tree], check=True)
    assert self_check(tree / "usr/bin/madoguchi", home)["frozen"] is True
    for name in ("madoguchi", "madoguchi-training"):
        assert (tree / f"usr/share/applications/{name}.desktop").is_file()
    assert os.access(tree / "usr/bin/madoguchi-training", os.X_OK)
    for paper in ("copyright", "changelog.gz"):
        assert (tree / "usr/share/doc/madoguchi" / paper).is_file()


def test_the_debian_package_asks_for_letters_readers_a_keyring_and_window_libraries(built: list[Path]) -> None:
    asked = subprocess.run(["dpkg-deb", "-f", built[1], "Depends"], check=True, capture_output=True, text=True).stdout
    needed = ("fonts-morisawa-bizud-gothic", "fonts-ipamj-mincho", "pcscd", "libpcsclite1", "libxcb-cursor0")
    for name in (*needed, "gnome-keyring", "dbus"):
        assert name in asked


def test_the_frozen_counter_brings_no_second_sqlite_and_no_foreign_desktop(built: list[Path]) -> None:
    names = {path.name for path in built[0].rglob("*") if path.parent.name != "sqlcipher3"}
    assert {name for name in names if name.startswith(("libsqlite3", "_sqlite3", "libgtk", "libQt6Qml"))} == set()
    assert {"libqxcb.so", "libqoffscreen.so"} <= names

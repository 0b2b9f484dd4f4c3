"""Builds what is installed on a ward PC: the counter as a folder that needs no Python, and a Debian package of it."""

import argparse
import gzip
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT_FROM = ("app", "resources", "installer/counter.spec", "requirements/run.lock")

# what the frozen program takes from the system, measured in a bare Debian 12; without the fonts no letter appears
DEPENDS = (
    "dbus-daemon | dbus",
    "fontconfig",
    "fonts-ipamj-mincho",
    "fonts-morisawa-bizud-gothic",
    "fonts-noto-cjk",
    "gnome-keyring",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0 | libglib2.0-0t64",
    "libgssapi-krb5-2",
    "libpcsclite1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
    "pcscd",
)

SETTINGS = "/etc/madoguchi/counter.toml"
"""Where the enrolment of a ward PC leaves its settings."""


def key() -> str:
    """A hash over everything the counter is built from."""
    digest = hashlib.sha256(platform.python_version().encode())
    for place in BUILT_FROM:
        path = ROOT / place
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def freeze(into: Path) -> Path:
    """The folder of the frozen counter below ``into``; built only if its sources changed since the last time."""
    folder = into / key() / "madoguchi"
    if folder.is_dir():
        return folder
    for old in into.glob("*/madoguchi"):
        if not old.parent.name.startswith("making-"):
            shutil.rmtree(old.parent)
    making = into / f"making-{os.getpid()}"
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", making, "--workpath", making / "work"]
    command = [sys.executable, "-m", "PyInstaller", *map(str, words), str(ROOT / "installer/counter.spec")]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr, cwd=ROOT)
    shutil.rmtree(making / "work", ignore_errors=True)
    try:
        making.rename(folder.parent)
    except OSError:
        shutil.rmtree(making)  # another build of the same sources was done first: its folder is as good
        if not folder.is_dir():
            raise
    return folder


def version() -> str:
    """The product's version, from pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def _text(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _menu_entry(tree: Path, name: str, words: tuple[str, str, str], command: str) -> None:
    """``words``: the English and the Japanese name, and what it is for."""
    _text(
        tree / f"usr/share/applications/{name}.desktop",
        "[Desktop Entry]",
        "Type=Application",
        f"Name={words[0]}",
        f"Name[ja]={words[1]}",
        f"Comment[ja]={words[2]}",
        f"Exec={command}",
        "Terminal=false",
        "Categories=Office;",
    )


def _lay_out(frozen: Path, tree: Path) -> None:
    """The package's files: program, command, menu entry, notices."""
    shutil.copytree(frozen, tree / "usr/lib/madoguchi", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/madoguchi").symlink_to("../lib/madoguchi/madoguchi")
    training = tree / "usr/bin/madoguchi-training"
    _text(training, "#!/bin/sh", 'exec /usr/lib/madoguchi/madoguchi --training "$@"')
    training.chmod(0o755)
    _menu_entry(
        tree, "madoguchi", ("Madoguchi", "窓口", "区役所の窓口業務"), f"madoguchi --no-terminal --settings {SETTINGS}"
    )
    _menu_entry(
        tree,
        "madoguchi-training",
        ("Madoguchi (training)", "窓口（訓練）", "架空のまちで窓口業務を練習する"),
        "madoguchi-training",
    )
    papers = tree / "usr/share/doc/madoguchi"
    papers.mkdir(parents=True)
    shutil.copy(ROOT / "NOTICE", papers / "copyright")
    _text(papers / "changelog", f"madoguchi ({version()})")
    with (papers / "changelog").open("rb") as plain, gzip.GzipFile(papers / "changelog.gz", "wb", mtime=0) as packed:
        shutil.copyfileobj(plain, packed)
    (papers / "changelog").unlink()


def _control(tree: Path) -> None:
    size = sum(file.lstat().st_size for file in tree.rglob("*") if not file.is_dir()) // 1024
    arch = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()
    _text(
        tree / "DEBIAN/control",
        "Package: madoguchi",
        f"Version: {version()}",
        f"Architecture: {arch}",
        "Maintainer: Madoguchi contributors <madoguchi@localhost>",
        f"Installed-Size: {size}",
        f"Depends: libc6 (>= {platform.libc_ver()[1]}), {', '.join(DEPENDS)}",
        "Section: misc",
        "Priority: optional",
        "Description: the counter of a ward office",
        " Receives a resident, confirms identity with the My Number card, takes applications,",
        " asks other agencies for what the resident would otherwise bring on paper, and hands",
        " the case to a reviewer. Speaks Japanese.",
    )


def package(frozen: Path, into: Path) -> Path:
    """A .deb of the frozen counter. The same folder gives the same bytes: its dates are those of the last commit."""
    tree = into / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    _lay_out(frozen, tree)
    _control(tree)
    last = ["git", "log", "-1", "--format=%ct"]
    epoch = subprocess.run(last, capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()
    made = into / f"madoguchi_{version()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z3", "--build", str(tree), str(made)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": epoch or "0"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
    shutil.rmtree(tree)
    return made


def main() -> int:
    """Build both and print where they lie."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=ROOT / "dist")
    into = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    frozen = freeze(ROOT / "build/frozen")
    print(frozen)
    print(package(frozen, into))
    return 0


if __name__ == "__main__":
    sys.exit(main())

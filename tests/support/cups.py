"""A private cupsd: its own process, socket, spool and printers; the printers are a backend that tests can starve."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from app.paper.queue import CupsQueue
from tests.support.process import program, running, wait_for

PROGRAMS = Path("/usr/lib/cups")
_BACKEND = """#!/bin/sh
# A printer whose paper lies in a folder: one file for each job. "empty" there: no paper; "broken": it fails.
[ $# -eq 0 ] && { echo 'direct sheets "Unknown" "Sheets"'; exit 0; }
folder="${DEVICE_URI#sheets:}"
cat "${6:--}" > "$folder/$1.coming"
printf '%s\\n' "$3" "$4" "$5" > "$folder/$1.told"
if [ -e "$folder/empty" ]; then
    echo 'STATE: +media-empty-error' >&2
    while [ -e "$folder/empty" ]; do sleep 0.05; done
    echo 'STATE: -media-empty-error' >&2
fi
[ -e "$folder/broken" ] && { echo 'ERROR: broken' >&2; exit 1; }
mv "$folder/$1.coming" "$folder/$1.pdf"
"""
_DRIVER = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "SHEETS.PPD"
*Manufacturer: "Sheets"
*Product: "(Sheets)"
*ModelName: "Sheets"
*ShortNickName: "Sheets"
*NickName: "Sheets"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*cupsFilter: "application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *InputSlot/Media Source: PickOne
*DefaultInputSlot: Upper
*InputSlot Upper/Upper Tray: "<</MediaPosition 0>>setpagedevice"
*InputSlot Lower/Seal Paper: "<</MediaPosition 1>>setpagedevice"
*CloseUI: *InputSlot
"""
_FOLDERS = ("root", "cache", "cache/rss", "spool", "state", "tmp", "log", "bin", "bin/backend", "bin/filter", "paper")
_GROUP = "lp"


class Cups:
    """The daemon; ``door``: its socket, as CUPS_SERVER names it. Printers are made by ``add``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.door = folder / "door"
        for name in _FOLDERS:
            (folder / name).mkdir(mode=0o755)
        for name in ("daemon", "notifier"):
            (folder / "bin" / name).symlink_to(PROGRAMS / name)
        backend = folder / "bin" / "backend" / "sheets"
        backend.write_text(_BACKEND)
        backend.chmod(0o700)
        (folder / "sheets.ppd").write_text(_DRIVER)
        opened = "Order allow,deny\nAllow all\n"
        (folder / "cupsd.conf").write_text(
            f"Listen {self.door}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\n"
            f"<Location />\n{opened}</Location>\n<Location /admin>\n{opened}</Location>\n"
            "<Policy default>\n<Limit All>\nOrder allow,deny\n</Limit>\n</Policy>\n"
        )
        who = f"User {_GROUP}\nGroup {_GROUP}\n" if os.geteuid() == 0 else ""
        places = {
            "ServerRoot": "root", "CacheDir": "cache", "StateDir": "state", "RequestRoot": "spool", "TempDir": "tmp",
            "AccessLog": "log/access", "ErrorLog": "log/error", "PageLog": "log/page", "ServerBin": "bin",
        }  # fmt: skip
        (folder / "cups-files.conf").write_text(
            who + "".join(f"{name} {folder / place}\n" for name, place in places.items()) + "Sandboxing relaxed\n"
        )

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """While it runs; it can be started again afterwards."""
        self.door.unlink(missing_ok=True)
        own = ["-c", str(self._folder / "cupsd.conf"), "-s", str(self._folder / "cups-files.conf")]
        with running([program("cupsd"), "-f", *own], log=self._folder / "log" / "daemon"):
            wait_for(lambda: self._says("lpstat", "-r") == "scheduler is running", "cupsd")
            yield

    @property
    def queue(self) -> CupsQueue:
        """The product's own way to it."""
        return CupsQueue(server=str(self.door))

    def add(self, name: str, place: str = "") -> "Sheets":
        """A printer with two trays that takes jobs."""
        paper = self._folder / "paper" / name
        paper.mkdir()
        about = ("-L", place, "-D", place) if place else ()
        self._do("lpadmin", "-p", name, "-E", "-v", f"sheets:{paper}", "-P", str(self._folder / "sheets.ppd"), *about)
        return Sheets(paper)

    def remove(self, name: str) -> None:
        self._do("lpadmin", "-x", name)

    def make_default(self, name: str) -> None:
        self._do("lpadmin", "-d", name)

    def pause(self, name: str) -> None:
        """Jobs are taken and wait."""
        self._do("cupsdisable", name)

    def resume(self, name: str) -> None:
        self._do("cupsenable", name)

    def reject(self, name: str) -> None:
        """No job is taken."""
        self._do("cupsreject", name)

    def _do(self, *words: str) -> None:
        subprocess.run([program(words[0]), *words[1:]], env=self._environment, check=True, capture_output=True)

    def _says(self, *words: str) -> str:
        made = subprocess.run([program(words[0]), *words[1:]], env=self._environment, capture_output=True, check=False)
        return made.stdout.decode().strip()

    @property
    def _environment(self) -> dict[str, str]:
        return dict(os.environ, CUPS_SERVER=str(self.door), LC_ALL="C")


class Sheets:
    """What lies at one printer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take_paper_out(self) -> None:
        (self._folder / "empty").touch()

    def put_paper_in(self) -> None:
        (self._folder / "empty").unlink()

    def as_at_first(self) -> None:
        """Paper is there, and nothing is broken."""
        for sign in ("empty", "broken"):
            (self._folder / sign).unlink(missing_ok=True)

    def break_down(self) -> None:
        (self._folder / "broken").touch()

    def printed(self) -> list[bytes]:
        """What came out, a file each."""
        return [file.read_bytes() for file in sorted(self._folder.glob("*.pdf"), key=lambda one: int(one.stem))]

    def jobs(self) -> set[str]:
        """The numbers of the jobs that came out."""
        return {file.stem for file in self._folder.glob("*.pdf")}

    def told(self) -> list[str]:
        """Title, copies and options of the last job, as the printer was told them."""
        return max(self._folder.glob("*.told"), key=lambda file: int(file.stem)).read_text().splitlines()


@contextlib.contextmanager
def private_cups(*, serves: bool = True) -> Iterator[Cups]:
    """A cupsd in a short path (a socket's name has little room), running unless a test starts it; gone afterwards."""
    program("cupsd")
    program("lpadmin")
    with TemporaryDirectory(prefix="cups-") as folder:
        daemon = Cups(Path(folder))
        with daemon.serving() if serves else contextlib.nullcontext():
            yield daemon


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    """One cupsd for the module."""
    with private_cups() as daemon:
        yield daemon

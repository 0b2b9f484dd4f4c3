"""What stands behind a reader: the smart card service with its version, and the driver as it describes itself."""

import logging
import shutil
import subprocess
from dataclasses import dataclass

from smartcard import scard

from app.card.pcsc import Context
from app.errors import CardError

log = logging.getLogger(__name__)

_VENDOR, _MODEL = scard.SCARD_ATTR_VENDOR_NAME, scard.SCARD_ATTR_VENDOR_IFD_TYPE
_VERSION, _CHANNEL = scard.SCARD_ATTR_VENDOR_IFD_VERSION, scard.SCARD_ATTR_CHANNEL_ID
_VERSION_BYTES = 4
_KINDS = {0x01: "serial", 0x02: "parallel", 0x04: "keyboard", 0x08: "scsi", 0x10: "ide", 0x20: "usb"}
"""How a reader is connected: upper half of the channel attribute (PC/SC part 3, published)."""
_PATIENCE_S = 3


@dataclass(frozen=True, slots=True)
class Driver:
    """A reader's driver; "" for what it does not tell. ``version``: as in "1.4.36"; ``connection``: as in "usb"."""

    vendor: str = ""
    model: str = ""
    version: str = ""
    connection: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """The smart card service. ``name``: "pcsclite-linux", "winscard" …; ``version``: "" where the system keeps it."""

    name: str
    version: str


def service() -> Service:
    """The service this program was built for, and the version of it that is installed."""
    return Service(scard.resourceManagerSubType or scard.resourceManager, _version_of_pcscd())


def driver_of(reader: str) -> Driver:
    """How a reader's driver describes itself; a driver that tells nothing, or is held by another, is no fault."""
    try:
        context = Context()
        try:
            return parse_driver(context.tell(reader, (_VENDOR, _MODEL, _VERSION, _CHANNEL)))
        finally:
            context.release()
    except CardError as error:
        log.debug("driver tells nothing", extra={"error": error.code})
        return Driver()


def parse_driver(told: dict[int, bytes]) -> Driver:
    """The driver from its attributes. A version is 0xMMmmbbbb: major, minor, build (PC/SC part 3, published)."""
    version, channel = told.get(_VERSION, b""), told.get(_CHANNEL, b"")
    return Driver(
        vendor=_text(told.get(_VENDOR, b"")),
        model=_text(told.get(_MODEL, b"")),
        version=_version(int.from_bytes(version, "little")) if len(version) == _VERSION_BYTES else "",
        connection=_KINDS.get(int.from_bytes(channel, "little") >> 16, "") if channel else "",
    )


def _version(number: int) -> str:
    return f"{number >> 24}.{number >> 16 & 0xFF}.{number & 0xFFFF}"


def _text(raw: bytes) -> str:
    return raw.split(b"\x00")[0].decode("utf-8", "replace").strip()


def _version_of_pcscd() -> str:
    """From ``pcscd --version``; "" where there is no such program, as on Windows."""
    program = shutil.which("pcscd") or shutil.which("pcscd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        return ""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=_PATIENCE_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    first = said.stdout.partition("\n")[0]
    return first.rpartition(" ")[2].rstrip(".")

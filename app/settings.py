"""What differs between two installations: frozen values, read once from a TOML file by an entry point."""

import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import AppError, BadSettings

AUTHENTICATORS = ("card", "usb", "windows")
"""What may be the second factor at a PC: a card on a reader, a key at a USB port, or what Windows asks for."""
_FIRST, _NAMINGS = ("responder", "lists"), ("sha1", "sha256")
_HTTPS = "https://"
OWN_KEYS = "keys.toml"
"""The office's own key map, beside the counter's settings."""
KEEP, FEWEST = 14, 2
"""How many daily backups stay: usually, and at least, so that one is whole while another is made. Assumed."""
_HOURS = 24
_HTTP = ("http://", _HTTPS)
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


@dataclass(frozen=True, slots=True)
class TlsPlace:
    """Where one end of mutual TLS finds its parts. ``key`` is PEM, encrypted on terminals."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class StatusPlace:
    """Where the certificate authorities' status service is, for who is registered as a verifier there.

    ``first``: "responder" or "lists", which of the two is asked first; ``responder`` "": there is none. ``naming``:
    by which digest the responder wants certificates named; ``has_nonce``: it answers nonces, and then must.
    """

    first: str
    responder: str
    lists: tuple[str, ...]
    naming: str = "sha256"
    has_nonce: bool = True


@dataclass(frozen=True, slots=True)
class StamperPlace:
    """Where the time-stamping authority (RFC 3161) is. ``authority``: its root certificates, PEM."""

    url: str
    authority: Path


@dataclass(frozen=True, slots=True)
class NetworkPlace:
    """Where the resident network is: addresses of its parties, this installation's end, and who signs there.

    ``keys``: the parties' public keys as handed out by the network, JSON: name → hexadecimal.
    """

    prefecture: str
    national: str
    cards: str
    tls: TlsPlace
    keys: Path


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where a backup is made each day, in another enclosure (別筐体). ``keep``: how many of them stay.

    ``hour``: from which hour (Tokyo) the backend makes it; None: somebody else starts ``backup --daily``, and the
    backend only tells when the last one is too old.
    """

    folder: Path
    keep: int = KEEP
    hour: int | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentPlace:
    """Where PCs that are not enrolled yet bring their code: an address of its own, without client certificates."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class SecondFactorSettings:
    """職員の二要素認証. ``office``: the name staff cards are bound to (RP ID); changed, every card is registered anew.

    ``required`` False lets people in who have no card yet: for the time in which cards are handed out.
    """

    office: str = "madoguchi.internal"
    required: bool = True


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A backend process. ``database``: "sqlcipher" or a libpq address; ``slices`` empty means all.

    ``peers``: slice → address of the process that serves it, for slices that are not in this one;
    ``institutions``: municipality → address of its intermediary, for municipalities that are not in this process.
    ``witnesses``: likewise of who witnesses this installation's logs; None: at the addresses of ``institutions``.
    ``stamper`` None: no time stamps are asked for. ``enrolment`` None: no PC enrols itself here.
    ``revocation`` None: nobody has registered as a verifier, and certificates stay unchecked.
    ``resident_network`` None: the resident network is not connected, what is to go there waits.
    ``backup`` None: no daily backup is expected. ``log_level``: a level of ``logging``; no resident's data at any.
    """

    folder: Path
    host: str
    port: int
    tls: TlsPlace
    database: str = field(repr=False)
    schema_prefix: str
    slices: tuple[str, ...]
    municipalities: tuple[str, ...]
    peers: dict[str, str]
    institutions: dict[str, str]
    is_training: bool
    revocation: StatusPlace | None = None
    second_factor: SecondFactorSettings = field(default_factory=SecondFactorSettings)
    log_level: int = logging.INFO
    stamper: StamperPlace | None = None
    enrolment: EnrolmentPlace | None = None
    witnesses: dict[str, str] | None = None
    resident_network: NetworkPlace | None = None
    backup: BackupPlace | None = None

    @property
    def witnessing(self) -> dict[str, str]:
        """Municipality → address of the institutions that witness this installation's logs."""
        return self.institutions if self.witnesses is None else self.witnesses


@dataclass(frozen=True, slots=True)
class TighterSettings:
    """Where a PC is stricter than its office decided; what is not said asks for nothing.

    ``lease_s`` 0: never alone; ``older_copy_rule`` False: no hard copy here, whatever the office allows.
    """

    sign_out_after_s: int | None = None
    lease_s: int | None = None
    password_after_s: int | None = None
    second_factor: bool = False
    older_copy_rule: bool | None = None


@dataclass(frozen=True, slots=True)
class CounterSettings:
    """A counter. ``folder`` holds terminal.db and work.db; ``office_url`` is the backend.

    ``recovery``: the office's recovery key (X25519 public, 32 bytes), for copies of work that somebody takes over.
    ``lock_after_s`` and ``tighter`` tighten what the office decided and loosen nothing.
    ``staff_readers``: the readers, by name, for staff cards and nothing else; ``staff_authenticator``: one of
    ``AUTHENTICATORS``; whichever it is, only what the office has registered for a person counts. ``issuer`` signs
    papers; ``prefecture`` stands in 教示; ``municipalities``: code and name, own first; ``log_level``: as above.
    ``pdf_folder``: where papers may be saved as files, in clear; None: they are printed only.
    ``keys``: the office's own key map, if there is one.
    """

    folder: Path
    office_url: str
    tls: TlsPlace
    terminal: str
    municipality: str
    window: str
    keyring_service: str
    recovery: bytes
    municipality_name: str
    prefecture: str
    issuer: str
    municipalities: tuple[tuple[str, str], ...]
    lock_after_s: float
    is_training: bool
    staff_readers: tuple[str, ...] = ()
    staff_authenticator: str = "card"
    tighter: TighterSettings = field(default_factory=TighterSettings)
    log_level: int = logging.INFO
    pdf_folder: Path | None = None
    keys: Path | None = None


def server_settings(path: Path) -> ServerSettings:
    """Read a backend's settings. Errors: BadSettings naming what is missing or wrong."""
    table = _read(path)
    return ServerSettings(
        folder=path.parent / _text(table, "folder"),
        host=_text(table, "host"),
        port=_whole(table, "port"),
        tls=_tls(table, path.parent),
        database=_text(table, "database"),
        schema_prefix=_text(table, "schema_prefix"),
        slices=tuple(table.get("slices", ())),
        municipalities=tuple(table.get("municipalities", ())),
        peers=dict(table.get("peers", {})),
        institutions=dict(table.get("institutions", {})),
        is_training=_flag(table, "training"),
        revocation=_status_place(table.get("revocation")),
        second_factor=_second_factor(table.get("second_factor", {})),
        log_level=_level(table),
        stamper=_stamper_place(table.get("stamper"), path.parent),
        enrolment=_enrolment_place(table.get("enrolment"), _text(table, "host")),
        witnesses=dict(table["witnesses"]) if "witnesses" in table else None,
        backup=_backup_place(table.get("backup"), path.parent),
        resident_network=_network_place(table.get("resident_network"), path.parent),
    )


def counter_settings(path: Path) -> CounterSettings:
    """Read a counter's settings. Errors: BadSettings naming what is missing or wrong."""
    table = _read(path)
    return CounterSettings(
        folder=path.parent / _text(table, "folder"),
        office_url=_text(table, "office_url"),
        tls=_tls(table, path.parent),
        terminal=_text(table, "terminal"),
        municipality=_text(table, "municipality"),
        window=_text(table, "window"),
        keyring_service=_text(table, "keyring_service"),
        recovery=_bytes(table, "recovery"),
        municipality_name=_text(table, "municipality_name"),
        prefecture=_text(table, "prefecture"),
        issuer=_text(table, "issuer"),
        municipalities=tuple(dict(table.get("municipalities", {})).items()),
        lock_after_s=_whole(table, "lock_after_s"),
        is_training=_flag(table, "training"),
        staff_readers=_names(table, "staff_readers"),
        staff_authenticator=_one_of(table, "staff_authenticator", AUTHENTICATORS),
        tighter=_tighter(table.get("tighter", {})),
        log_level=_level(table),
        pdf_folder=path.parent / _text(table, "pdf_folder") if "pdf_folder" in table else None,
        keys=own if (own := path.parent / OWN_KEYS).is_file() else None,
    )


def demand_anchor(tls: TlsPlace, *, is_training: bool, marked: Callable[[bytes], bool]) -> None:
    """Refuse to run in training on another authority than training's, and in service on that one.

    ``marked``: whether an authority's certificate (PEM) says that it serves training only. Errors: BadSettings.
    """
    try:
        is_marked = marked(tls.authority.read_bytes())
    except (OSError, AppError) as error:
        raise BadSettings(name="tls.authority") from error
    if is_marked != is_training:
        raise BadSettings(name="tls.authority")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(name=path.name) from error


def _level(table: dict[str, Any]) -> int:
    """``log_level``: how much the program logs, "info" if nothing is said."""
    level = _LEVELS.get(_text(table, "log_level") if "log_level" in table else "info")
    if level is None:
        raise BadSettings(name="log_level")
    return level


def _names(table: dict[str, Any], name: str) -> tuple[str, ...]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, str) and each for each in found):
        raise BadSettings(name=name)
    return tuple(found)


def _one_of(table: dict[str, Any], name: str, known: tuple[str, ...]) -> str:
    """One of ``known``, the first where nothing is said."""
    value = table.get(name, known[0])
    if value not in known:
        raise BadSettings(name=name)
    return str(value)


def _tighter(given: dict[str, Any]) -> TighterSettings:
    return TighterSettings(
        sign_out_after_s=_whole(given, "sign_out_after_s") if "sign_out_after_s" in given else None,
        lease_s=_whole(given, "lease_s") if "lease_s" in given else None,
        password_after_s=_whole(given, "password_after_s") if "password_after_s" in given else None,
        second_factor=_flag(given, "second_factor") if "second_factor" in given else False,
        older_copy_rule=_flag(given, "older_copy_rule") if "older_copy_rule" in given else None,
    )


def _second_factor(given: dict[str, Any]) -> SecondFactorSettings:
    usual = SecondFactorSettings()
    return SecondFactorSettings(
        office=_text(given, "office") if "office" in given else usual.office,
        required=_flag(given, "required") if "required" in given else usual.required,
    )


def _tls(table: dict[str, Any], folder: Path) -> TlsPlace:
    tls = table.get("tls", {})
    return TlsPlace(*(folder / _text(tls, name) for name in ("authority", "certificate", "key")))


def _stamper_place(table: object, folder: Path) -> StamperPlace | None:
    """The time-stamping authority, if one is named."""
    if table is None:
        return None
    if not isinstance(table, dict) or not str(table.get("url", "")).startswith(_HTTP):
        raise BadSettings(name="stamper.url")
    return StamperPlace(_text(table, "url"), folder / _text(table, "authority"))


def _network_place(table: object, folder: Path) -> NetworkPlace | None:
    """The resident network, if this installation has joined it."""
    if table is None:
        return None
    if not isinstance(table, dict):
        raise BadSettings(name="resident_network")
    prefecture, national, cards = (_text(table, name) for name in ("prefecture", "national", "cards"))
    if not all(place.startswith(_HTTPS) for place in (prefecture, national, cards)):
        raise BadSettings(name="resident_network.prefecture")
    return NetworkPlace(prefecture, national, cards, _tls(table, folder), folder / _text(table, "keys"))


def _backup_place(table: object, folder: Path) -> BackupPlace | None:
    """Where daily backups go, if they are wanted."""
    if table is None:
        return None
    if not isinstance(table, dict):
        raise BadSettings(name="backup")
    place = BackupPlace(folder / _text(table, "folder"))
    keep = _whole(table, "keep") if "keep" in table else place.keep
    hour = _whole(table, "hour") if "hour" in table else None
    for name, fits in (("keep", keep >= FEWEST), ("hour", hour is None or 0 <= hour < _HOURS)):
        if not fits:
            raise BadSettings(name=f"backup.{name}")
    return BackupPlace(place.folder, keep, hour)


def _enrolment_place(table: object, host: str) -> EnrolmentPlace | None:
    """The enrolment door, if one is wanted; at the same address as the other one where nothing is said."""
    if table is None:
        return None
    if not isinstance(table, dict):
        raise BadSettings(name="enrolment")
    return EnrolmentPlace(_text(table, "host") if "host" in table else host, _whole(table, "port"))


def _status_place(table: object) -> StatusPlace | None:
    if table is None:
        return None
    if not isinstance(table, dict):
        raise BadSettings(name="revocation")
    first, naming, lists = _text(table, "first"), table.get("naming", "sha256"), table.get("lists", [])
    addresses = [_text(table, "responder"), *(lists if isinstance(lists, list) else [lists])]
    if not all(isinstance(one, str) and one.startswith(_HTTP) for one in addresses if one):
        raise BadSettings(name="revocation")
    for name, value, known in (("first", first, _FIRST), ("naming", naming, _NAMINGS)):
        if value not in known:
            raise BadSettings(name=f"revocation.{name}")
    has_nonce = _flag(table, "nonce") if "nonce" in table else True
    return StatusPlace(first, addresses[0], tuple(addresses[1:]), naming, has_nonce)


def _text(table: dict[str, Any], name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str):
        raise BadSettings(name=name)
    return value


def _bytes(table: dict[str, Any], name: str) -> bytes:
    try:
        return bytes.fromhex(_text(table, name))
    except ValueError as error:
        raise BadSettings(name=name) from error


def _whole(table: dict[str, Any], name: str) -> int:
    value = table.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadSettings(name=name)
    return value


def _flag(table: dict[str, Any], name: str) -> bool:
    value = table.get(name)
    if not isinstance(value, bool):
        raise BadSettings(name=name)
    return value

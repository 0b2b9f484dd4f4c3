"""Who signs what PCs ask for at enrolment: the office's authority for terminals, kept beside the backend's keys."""

from datetime import datetime, timedelta
from pathlib import Path

from app.domain.secret import Secret
from app.server.keys import Keys, demand_closed, make_unless
from app.settings import ServerSettings
from app.trust.authority import Authority
from app.trust.seal import derive

LIFE = timedelta(days=3650)
"""How long the authority holds. Assumed."""
FILE = "terminal-authority.pem"


def terminal_authority(settings: ServerSettings, keys: Keys, now: datetime) -> Authority:
    """The authority, made where there is none; its encrypted key and its certificate are one file.

    Errors: WrongKey when it can't be opened; DataFault ``open_to_others`` when others may read or write it.
    """
    path = _place(settings)
    passphrase = derive(keys.master(), "tls/terminal-authority")
    sealed = Secret(passphrase.reveal().hex().encode())

    def made() -> bytes:
        fresh = Authority.create("Madoguchi terminals", now, LIFE, is_training=settings.is_training)
        return fresh.key_pem(sealed) + fresh.certificate_pem

    make_unless(path, made)
    demand_closed(path)
    kept = path.read_bytes()
    return Authority.load(kept, kept, sealed)


def trusted_terminals(settings: ServerSettings, keys: Keys, now: datetime) -> bytes:
    """The authority's certificate (PEM), b"" where there never was one.

    Terminals that it vouched for are let in also while the enrolment door is shut.
    """
    wanted = settings.enrolment is not None or _place(settings).exists()
    return terminal_authority(settings, keys, now).certificate_pem if wanted else b""


def _place(settings: ServerSettings) -> Path:
    return settings.folder / "keys" / FILE

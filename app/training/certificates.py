"""The training authority and what it issues: the backend's certificate and one for each terminal."""

import os
from datetime import timedelta
from pathlib import Path

from app.domain.clock import Clock
from app.domain.secret import Secret
from app.trust.authority import Authority, TerminalName
from app.trust.tls_key import TlsKey

AUTHORITY_LIFE = timedelta(days=3650)
CERTIFICATE_LIFE = timedelta(days=825)


def make_authority(folder: Path, clock: Clock) -> Authority:
    """A new training authority in ``folder``; its key lies there unencrypted, for it vouches for training only."""
    authority = Authority.create("Madoguchi training", clock.now(), AUTHORITY_LIFE)
    write_private(folder / "authority.key.pem", authority.key_pem(None))
    write_private(folder / "authority.pem", authority.certificate_pem)
    return authority


def load_authority(folder: Path) -> Authority:
    """The authority made before."""
    return Authority.load((folder / "authority.pem").read_bytes(), (folder / "authority.key.pem").read_bytes(), None)


def issue_server(authority: Authority, folder: Path, clock: Clock) -> None:
    """Key and certificate of the backend on this machine."""
    key = TlsKey.generate()
    write_private(folder / "server.key.pem", key.to_pem(None))
    write_private(folder / "server.pem", authority.issue_server(key.request(), clock.now(), CERTIFICATE_LIFE))


def issue_terminal(authority: Authority, folder: Path, name: TerminalName, passphrase: Secret, clock: Clock) -> None:
    """Key (encrypted under ``passphrase``) and certificate of a terminal, with the authority it trusts."""
    key = TlsKey.generate()
    write_private(folder / "terminal.key.pem", key.to_pem(passphrase))
    certificate = authority.issue_terminal(key.request(), name, clock.now(), CERTIFICATE_LIFE)
    write_private(folder / "terminal.pem", certificate)
    write_private(folder / "authority.pem", authority.certificate_pem)


def write_private(path: Path, content: bytes) -> None:
    """Write ``path`` anew so that only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)

"""Training and service don't mix: no program starts on the other's anchors; keys open to others are refused."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.card.given import GivenReaders
from app.client.counter import open_counter
from app.domain.clock import SystemClock, SystemRandom
from app.errors import BadSettings, DataFault
from app.server.keys import Keys
from app.server.wiring import build
from app.settings import CounterSettings, ServerSettings, TlsPlace
from app.shipped import resource
from app.trust.authority import Authority
from app.trust.card_proof import load_anchors


def training_authority() -> bytes:
    return Authority.create("tests", SystemClock().now(), timedelta(days=1)).certificate_pem


def service_authority() -> bytes:
    """An authority of service: somebody else's, without training's mark."""
    key, now = ec.generate_private_key(ec.SECP256R1()), SystemClock().now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "LGPKI")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def server(folder: Path, *, is_training: bool) -> ServerSettings:
    tls = TlsPlace(folder / "authority.pem", folder / "server.pem", folder / "server.key.pem")
    return ServerSettings(
        folder / "backend", "127.0.0.1", 0, tls, "sqlcipher", "x_", (), ("991007",), {}, {}, is_training=is_training
    )


def counter(folder: Path, *, is_training: bool) -> CounterSettings:
    return CounterSettings(
        folder=folder / "counter",
        office_url="https://127.0.0.1:1",
        tls=TlsPlace(folder / "authority.pem", folder / "terminal.pem", folder / "terminal.key.pem"),
        terminal="T-01",
        municipality="991007",
        window="1",
        keyring_service="madoguchi-test-anchors",
        recovery=bytes(32),
        municipality_name="",
        prefecture="",
        issuer="",
        municipalities=(),
        lock_after_s=180,
        is_training=is_training,
    )


@pytest.mark.parametrize(("anchor", "is_training"), [(training_authority, False), (service_authority, True)])
def test_neither_backend_nor_counter_starts_on_the_others_anchor(tmp_path: Path, anchor, *, is_training: bool) -> None:
    (tmp_path / "authority.pem").write_bytes(anchor())
    with pytest.raises(BadSettings) as refused:
        build(server(tmp_path, is_training=is_training), SystemClock(), SystemRandom())
    assert refused.value.data["name"] == "tls.authority"
    assert not (tmp_path / "backend").exists()
    readers = GivenReaders((), SystemClock())
    try:
        with pytest.raises(BadSettings):
            open_counter(counter(tmp_path, is_training=is_training), readers, SystemClock(), SystemRandom())
    finally:
        readers.close()
    assert not (tmp_path / "counter").exists()


def test_an_anchor_that_is_missing_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        build(server(tmp_path, is_training=True), SystemClock(), SystemRandom())


def test_a_training_card_proves_nothing_in_service() -> None:
    training = load_anchors(resource("anchors"), production=False)
    assert training.keys
    assert load_anchors(resource("anchors"), production=True).keys.keys().isdisjoint(training.keys)


@pytest.mark.parametrize("production", [True, False])
def test_an_anchor_laid_into_the_wrong_folder_is_not_loaded(tmp_path: Path, *, production: bool) -> None:
    """Somebody lays training's anchors where service looks, or the other way round."""
    folder = tmp_path / "card" / ("production" if production else "test")
    shutil.copytree(resource("anchors", "card", "test"), folder)
    if not production:
        for file in folder.glob("*.pem"):
            file.rename(file.with_name(f"35{file.name[2:]}"))
    assert not load_anchors(tmp_path, production=production).keys


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_master_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    keys = Keys(tmp_path / "keys", SystemRandom())
    keys.master()
    assert (tmp_path / "keys" / "master.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    (tmp_path / "keys" / "master.key").chmod(mode)
    with pytest.raises(DataFault):
        keys.master()

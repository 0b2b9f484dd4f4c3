"""Certificates: who the other end of a connection is, and until when."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from app.domain.secret import secret
from app.errors import NotAllowed, WrongKey
from app.trust.authority import Authority, TerminalName, expires, is_training, terminal_of
from app.trust.tls_key import TlsKey

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
NAME = TerminalName("011002", "T-001")
AUTHORITY = Authority.create("Training", NOW, 10 * YEAR)


def _der(pem: bytes) -> bytes:
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def _policy(authority: Authority, at: datetime) -> PolicyBuilder:
    store = Store([x509.load_pem_x509_certificate(authority.certificate_pem)])
    return PolicyBuilder().store(store).time(at)


def test_a_terminals_certificate_names_its_terminal_and_municipality() -> None:
    pem = AUTHORITY.issue_terminal(TlsKey.generate().request(), NAME, NOW, YEAR)
    assert terminal_of(_der(pem)) == NAME
    certificate = x509.load_pem_x509_certificate(pem)
    client = _policy(AUTHORITY, NOW + timedelta(days=1)).build_client_verifier().verify(certificate, [])
    assert client.subjects is not None
    assert client.subjects[0].value == NAME.uri


def test_a_server_certificate_serves_loopback_and_names_no_terminal() -> None:
    pem = AUTHORITY.issue_server(TlsKey.generate().request(), NOW, YEAR)
    certificate = x509.load_pem_x509_certificate(pem)
    policy = _policy(AUTHORITY, NOW + timedelta(days=1))
    assert policy.build_server_verifier(x509.DNSName("localhost")).verify(certificate, [])
    with pytest.raises(VerificationError):
        policy.build_server_verifier(x509.DNSName("example.com")).verify(certificate, [])
    with pytest.raises(VerificationError):
        policy.build_client_verifier().verify(certificate, [])
    with pytest.raises(NotAllowed):
        terminal_of(_der(pem))


def test_a_terminal_can_not_pose_as_a_server() -> None:
    certificate = x509.load_pem_x509_certificate(AUTHORITY.issue_terminal(TlsKey.generate().request(), NAME, NOW, YEAR))
    with pytest.raises(VerificationError):
        _policy(AUTHORITY, NOW).build_server_verifier(x509.DNSName("localhost")).verify(certificate, [])


def test_a_certificate_ends_when_its_time_is_over() -> None:
    pem = AUTHORITY.issue_terminal(TlsKey.generate().request(), NAME, NOW, YEAR)
    assert expires(pem) == NOW + YEAR
    certificate = x509.load_pem_x509_certificate(pem)
    _policy(AUTHORITY, NOW + YEAR).build_client_verifier().verify(certificate, [])
    for outside in (NOW + YEAR + timedelta(seconds=1), NOW - timedelta(seconds=1)):
        with pytest.raises(VerificationError):
            _policy(AUTHORITY, outside).build_client_verifier().verify(certificate, [])


def test_another_authoritys_terminal_is_not_known_here() -> None:
    other = Authority.create("Training", NOW, YEAR)
    certificate = x509.load_pem_x509_certificate(other.issue_terminal(TlsKey.generate().request(), NAME, NOW, YEAR))
    with pytest.raises(VerificationError):
        _policy(AUTHORITY, NOW).build_client_verifier().verify(certificate, [])


@pytest.mark.parametrize(
    ("municipality", "terminal"),
    [("011002", ""), ("011002", "a:b"), ("01100", "T"), ("０11002", "T"), ("011002", "T\n"), ("011002", "x" * 41)],
)
def test_a_name_that_could_be_read_in_two_ways_gets_no_certificate(municipality: str, terminal: str) -> None:
    with pytest.raises(NotAllowed):
        AUTHORITY.issue_terminal(TlsKey.generate().request(), TerminalName(municipality, terminal), NOW, YEAR)


def test_a_request_that_does_not_prove_its_key_gets_no_certificate() -> None:
    request = x509.load_pem_x509_csr(TlsKey.generate().request())
    mine = request.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    other = x509.load_pem_x509_csr(TlsKey.generate().request()).public_key()
    theirs = other.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    stolen = request.public_bytes(Encoding.DER).replace(mine, theirs)
    forged = x509.load_der_x509_csr(stolen).public_bytes(Encoding.PEM)
    with pytest.raises(NotAllowed):
        AUTHORITY.issue_terminal(forged, NAME, NOW, YEAR)
    with pytest.raises(NotAllowed):
        AUTHORITY.issue_terminal(b"nothing", NAME, NOW, YEAR)


def test_an_authority_comes_back_from_its_files() -> None:
    passphrase = secret("pass")
    key_pem = AUTHORITY.key_pem(passphrase)
    again = Authority.load(AUTHORITY.certificate_pem, key_pem, passphrase)
    pem = again.issue_terminal(TlsKey.generate().request(), NAME, NOW, YEAR)
    _policy(AUTHORITY, NOW).build_client_verifier().verify(x509.load_pem_x509_certificate(pem), [])
    with pytest.raises(WrongKey):
        Authority.load(AUTHORITY.certificate_pem, key_pem, secret("wrong"))
    with pytest.raises(WrongKey):
        Authority.load(Authority.create("Other", NOW, YEAR).certificate_pem, key_pem, passphrase)
    with pytest.raises(WrongKey):
        Authority.load(b"nothing", key_pem, passphrase)


def test_a_training_authority_says_so() -> None:
    assert is_training(AUTHORITY.certificate_pem)
    pem = AUTHORITY.issue_server(TlsKey.generate().request(), NOW, YEAR)
    assert not is_training(pem)


def test_a_private_key_can_not_be_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(TlsKey.generate())

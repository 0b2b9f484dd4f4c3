"""C-03, C-09, R-023, R-028: a code that two agreed to is exchanged for a certificate once; on both engines."""

import hashlib
import ssl
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.backend.staff import store
from app.backend.staff.ports import StaffMember, Terminal
from app.backend.staff.service import StaffRules, StaffService
from app.backend.staff.service.changes import ChangeService
from app.backend.staff.service.enrolling import (
    CERTIFICATE_LIFE,
    CODE_LIFE,
    FROM_ALL,
    FROM_ONE,
    WINDOW,
    EnrolmentService,
)
from app.backend.staff.service.second_factors import SecondFactors
from app.domain.clock import SystemRandom
from app.domain.rights import Actor, Right
from app.domain.secret import secret
from app.errors import AppError, NotAllowed, Refused, TooManyTries
from app.trust.authority import Authority, TerminalName, demand_chain, expires, terminal_of
from app.trust.passwords import Strength
from app.trust.second_factor import SecondFactor
from app.trust.tls_key import TlsKey
from app.wire.enrolment import Enrol, Enrolled
from app.wire.staff_change import AnyChange, BundleChange, ChangeRow, DecideChange, ProposeChange, TerminalChange
from tests.support.slices import KITA, MINAMI, OpenSlice, SliceOpener, acts, call

QUICK = Strength(memory_kib=64, passes=1, lanes=1)
FIRST, SECOND, ON_THE_SPOT = "a001", "a002", "k001"


@dataclass
class Hall:
    """The staff slice with two administrators and somebody who looks at displays."""

    slice_: OpenSlice
    staff: StaffService
    changes: ChangeService
    enrolment: EnrolmentService
    authority: Authority
    key: TlsKey = field(default_factory=TlsKey.generate)

    def agree(self, change: AnyChange) -> ChangeRow:
        """One administrator proposes, the other one approves."""
        row = self.changes.propose(self.by(FIRST), ProposeChange(change=change, reason="増設のため"))
        return self.changes.approve(self.by(SECOND), DecideChange(change_id=row.change_id))

    def code(self, terminal: str = "T-7") -> str:
        return self.agree(wish(terminal)).enrolment_codes[terminal]

    def by(self, staff_id: str):
        rights = tuple(map(Right, ("staff.change", "staff.decide", "staff.read")))
        return call(Actor(KITA, staff_id, "", "", "T-1", rights), self.slice_.clock.now())

    def enrol(self, code: str, address: str = "10.0.0.7", **changed: str) -> Enrolled | AppError:
        said = {"municipality": KITA, "terminal": "T-7", "display_checked_by": ON_THE_SPOT} | changed
        asked = Enrol(**({"request": self.key.request().decode()} | said), code=code)
        newcomer = call(Actor("", f"pc:{address}", "", "", "", ()), self.slice_.clock.now())
        return self.enrolment.enrol([(newcomer, asked)])[0]

    def lets_in(self, chain: str, terminal: str = "T-7") -> bool:
        return self.staff.lets_in(KITA, terminal, shown(chain))

    def causes(self) -> list[object]:
        return [what["cause"] for kind, what in acts(self.slice_, KITA) if kind == "terminal.enrol_refused"]


def wish(terminal: str = "T-7", **more: bool) -> TerminalChange:
    return TerminalChange(terminal=terminal, window="7", display_hidden=True, **more)


def shown(chain: str) -> str:
    """What the door knows a certificate by."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(chain[: chain.index("-----END") + 25])).hexdigest()


@pytest.fixture
def hall(slice_opener: SliceOpener) -> Hall:
    slice_ = slice_opener("staff", store)
    book = store.StaffStore(slice_.database, slice_.pen)
    factors = SecondFactors(SecondFactor("x.example", "北市"), SystemRandom(), slice_.index_key, required=False)
    rules = StaffRules(QUICK, enrols=True)
    staff = StaffService(book, factors, slice_.clock, SystemRandom(), rules)
    for staff_id in (FIRST, SECOND, ON_THE_SPOT):
        member = StaffMember(KITA, "市", "区役所", staff_id, "北　一郎", "総務", "", is_active=True)
        staff.admit(((member, ()),), secret("たぬきの合言葉"), slice_.clock.now())
    authority = Authority.create("terminals", slice_.clock.now(), timedelta(days=3650), is_training=False)
    enrolment = EnrolmentService(book, authority, SystemRandom(), (KITA, MINAMI))
    return Hall(slice_, staff, ChangeService(book, SystemRandom(), rules), enrolment, authority)


def test_the_code_buys_a_certificate_of_the_pc_s_own_key_in_the_approved_name(hall: Hall) -> None:
    """C-09, R-028: who saw on the spot that the display can't be seen from outside is kept and recorded."""
    done = hall.enrol(hall.code())
    assert isinstance(done, Enrolled)
    demand_chain(done.chain.encode(), hall.key, TerminalName(KITA, "T-7"))
    leaf, issuer = x509.load_pem_x509_certificates(done.chain.encode())
    assert issuer.public_bytes(Encoding.PEM) == hall.authority.certificate_pem
    assert leaf.not_valid_after_utc - hall.slice_.clock.now() == CERTIFICATE_LIFE
    assert (hall.lets_in(done.chain), hall.staff.lets_in(KITA, "T-7", "00" * 32)) == (True, False)
    assert hall.staff.terminal(KITA, "T-7").display_checked_by == ON_THE_SPOT
    kind, what = acts(hall.slice_, KITA)[-1]
    assert (kind, what["about"], what["display_checked_by"], what["address"], what["issued_by"]) == (
        "terminal.certified",
        "T-7",
        ON_THE_SPOT,
        "10.0.0.7",
        SECOND,
    )


def test_a_code_is_long_said_once_and_kept_by_its_digest_alone(hall: Hall) -> None:
    row = hall.agree(BundleChange(parts=(wish("T-7"), wish("T-8"))))
    assert sorted(row.enrolment_codes) == ["T-7", "T-8"]
    for code in row.enrolment_codes.values():
        assert len(code.replace("-", "")) * 5 >= 128
        rows = hall.slice_.database.read(
            lambda connection: [str(one) for one in connection.exec_driver_sql("SELECT * FROM enrolment_code")]
        )
        assert len(rows) == 2
        assert not any(code in one or code.replace("-", "") in one for one in rows)
    assert "T-7" not in hall.agree(wish(revoked=True)).enrolment_codes


def test_while_a_terminal_waits_for_its_code_no_other_certificate_is_bound(hall: Hall) -> None:
    """C-03, R-023: nobody gets in before the PC that the code was given for."""
    code, other = hall.code(), "ab" * 32
    assert not hall.staff.lets_in(KITA, "T-7", other)
    hall.slice_.clock.move(seconds=CODE_LIFE.total_seconds())
    assert not hall.staff.lets_in(KITA, "T-7", other)
    assert isinstance(hall.enrol(code), NotAllowed)
    done = hall.enrol(hall.code())
    assert isinstance(done, Enrolled)
    assert (hall.lets_in(done.chain), hall.staff.lets_in(KITA, "T-7", other)) == (True, False)


def test_however_the_code_is_typed_it_counts(hall: Hall) -> None:
    code = hall.code().replace("-", " ").lower()
    assert isinstance(hall.enrol(f" {code}"), Enrolled)


def test_wrong_unknown_expired_and_used_look_the_same_outside_and_are_told_apart_in_the_records(hall: Hall) -> None:
    """R-023: somebody at the enrolment door learns nothing of which terminals there are."""
    code = hall.code()
    hall.agree(wish("T-8"))
    tries = [
        hall.enrol("AAAA-BBBB", "10.0.0.1"),
        hall.enrol(code, "10.0.0.2", terminal="T-99"),
        hall.enrol(code, "10.0.0.3", terminal="T-8"),
        hall.enrol(code, "10.0.0.4", municipality=MINAMI),
        hall.enrol(code, "10.0.0.5", municipality="999999"),
        hall.enrol(code, "10.0.0.6", terminal="../../T-7"),
    ]
    hall.slice_.clock.move(seconds=CODE_LIFE.total_seconds())
    tries.append(hall.enrol(code))
    again = hall.code()
    assert isinstance(hall.enrol(again), Enrolled)
    hall.key = TlsKey.generate()
    tries.append(hall.enrol(again))
    assert [(type(one), one.data) for one in tries] == [(NotAllowed, {})] * len(tries)
    assert hall.causes() == [
        "wrong_code",
        "unknown_terminal",
        "wrong_code",
        "unknown_terminal",
        "unknown_terminal",
        "expired_code",
        "used_code",
    ]


def test_until_its_last_moment_the_code_is_good(hall: Hall) -> None:
    code = hall.code()
    hall.slice_.clock.move(seconds=CODE_LIFE.total_seconds() - 1)
    assert isinstance(hall.enrol(code), Enrolled)


def test_when_the_answer_was_lost_the_same_key_is_given_the_same_certificate(hall: Hall) -> None:
    code = hall.code()
    first, second = hall.enrol(code), hall.enrol(code)
    assert isinstance(first, Enrolled)
    assert isinstance(second, Enrolled)
    assert first.chain == second.chain
    assert acts(hall.slice_, KITA)[-1][0] == "terminal.certified_again"
    hall.slice_.clock.move(seconds=CODE_LIFE.total_seconds())
    assert isinstance(hall.enrol(code), NotAllowed)


def test_a_terminal_that_was_shut_out_has_no_code_any_more(hall: Hall) -> None:
    code = hall.code()
    hall.agree(wish(revoked=True))
    assert isinstance(hall.enrol(code), NotAllowed)
    hall.agree(wish())
    assert isinstance(hall.enrol(code), NotAllowed)
    assert hall.causes() == ["revoked_terminal", "wrong_code"]


def test_shut_out_with_the_administrator_s_program_the_code_ends_too(hall: Hall) -> None:
    code, now = hall.code(), hall.slice_.clock.now()
    hall.staff.enrol(Terminal(KITA, "T-7", "7", now, now))
    hall.staff.enrol(Terminal(KITA, "T-7", "7", now, None))
    assert isinstance(hall.enrol(code), NotAllowed)
    assert hall.causes() == ["no_code"]


def other_requests() -> dict[str, str]:
    """Requests that prove nothing, or are of keys that no terminal has."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    wide = builder.sign(generate_private_key(SECP384R1()), SHA256()).public_bytes(Encoding.PEM).decode()
    rsa = builder.sign(generate_rsa(65537, 2048), SHA256()).public_bytes(Encoding.PEM).decode()
    good = ssl.PEM_cert_to_DER_cert(TlsKey.generate().request().decode().replace("CERTIFICATE REQUEST", "CERTIFICATE"))
    bent = ssl.DER_cert_to_PEM_cert(good[:-1] + bytes([good[-1] ^ 1])).replace("CERTIFICATE", "CERTIFICATE REQUEST")
    return {"P-384": wide, "RSA": rsa, "a bent signature": bent, "no request": "-----BEGIN", "nothing": ""}


def test_a_request_of_another_kind_or_without_proof_is_refused_and_does_not_use_up_the_code(hall: Hall) -> None:
    code = hall.code()
    requests = other_requests()
    for request in requests.values():
        assert isinstance(hall.enrol(code, request=request), NotAllowed)
    assert hall.causes() == ["request"] * len(requests)
    assert isinstance(hall.enrol(code), Enrolled)


def test_the_name_in_the_request_is_not_read(hall: Hall) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{KITA}:T-1")])
    other = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(TerminalName(KITA, "T-1").uri)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name).add_extension(other, critical=False)
    key = TlsKey.from_pem(hall.key.to_pem(None), None)
    request = builder.sign(key._key, SHA256()).public_bytes(Encoding.PEM).decode()
    done = hall.enrol(hall.code(), request=request)
    assert isinstance(done, Enrolled)
    leaf = x509.load_pem_x509_certificates(done.chain.encode())[0]
    assert terminal_of(leaf.public_bytes(Encoding.DER)) == TerminalName(KITA, "T-7")
    assert f"{KITA}:T-1" not in leaf.subject.rfc4514_string()


def test_somebody_known_has_looked_at_the_display_or_there_is_no_certificate(hall: Hall) -> None:
    """C-09, R-028."""
    code = hall.code()
    refused = hall.enrol(code, display_checked_by="nobody")
    assert isinstance(refused, Refused)
    assert refused.reason == "unknown_staff"
    assert hall.causes() == ["unknown_staff"]
    assert isinstance(hall.enrol(code), Enrolled)


def test_enrolled_anew_it_has_a_new_key_and_the_old_certificate_never_returns(hall: Hall) -> None:
    """C-03, R-023."""
    first = hall.enrol(hall.code())
    assert isinstance(first, Enrolled)
    hall.key = TlsKey.generate()
    second = hall.enrol(hall.code())
    assert isinstance(second, Enrolled)
    assert (hall.lets_in(second.chain), hall.lets_in(first.chain)) == (True, False)
    hall.agree(wish())
    assert (hall.lets_in(first.chain), hall.lets_in(second.chain)) == (False, False)


def test_who_asks_too_often_waits_and_others_do_not_wait_for_them(hall: Hall) -> None:
    code = hall.code()
    for _ in range(FROM_ONE):
        assert isinstance(hall.enrol("AAAA"), NotAllowed)
    for _ in range(3):
        assert isinstance(hall.enrol(code), TooManyTries)
    assert isinstance(hall.enrol("BBBB", "10.0.0.8"), NotAllowed)
    assert acts(hall.slice_, KITA)[-1][1]["held_off"] == 3
    hall.slice_.clock.move(seconds=WINDOW.total_seconds())
    assert isinstance(hall.enrol(code), Enrolled)


def test_all_together_wait_when_there_are_too_many(hall: Hall) -> None:
    outcomes = [hall.enrol("AAAA", f"10.0.1.{number}") for number in range(FROM_ALL + 1)]
    assert [type(one) for one in outcomes] == [NotAllowed] * FROM_ALL + [TooManyTries]


def test_no_certificate_outlasts_the_authority(hall: Hall) -> None:
    now = hall.slice_.clock.now()
    short = Authority.create("terminals", now, timedelta(days=9))
    leaf = short.issue_terminal(hall.key.request(), TerminalName(KITA, "T-7"), now, CERTIFICATE_LIFE)
    assert expires(leaf) == expires(short.certificate_pem)

"""失効確認: only the right authority's own word about this very certificate, of now, is taken for an answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given
from hypothesis import strategies as st

from app.domain.verdict import NotChecked
from app.errors import NotUnderstood
from app.standin.jpki.publisher import OVERLAP, SWITCH_OVER, Publisher
from app.standin.jpki.register import Register, Revoked, digest_for
from app.standin.jpki.responder import FRESH, Duty, Responder, entrust, refusal
from app.trust.revocation import SKEW, NoStatus, Questioned, Status, read_questioned
from app.trust.revocation_answer import Question
from app.trust.revocation_list import RevocationList, read_list
from tests.support.status import MOVED, NOON, YESTERDAY, Authority, Leaf, authority

NONCE = b"n" * 32


@pytest.fixture
def old() -> Authority:
    return authority(1)


@pytest.fixture
def new() -> Authority:
    return authority(2)


def questioned(made_by: Authority, leaf: Leaf | None = None) -> Questioned:
    der = (leaf or Leaf(7001)).made_by(made_by)
    found = read_questioned(der, [authority(2).anchor, authority(1).anchor], NOON)
    assert isinstance(found, Questioned)
    return found


def why(found: object) -> str:
    assert isinstance(found, NoStatus)
    return found.why.reason


def answered(about: Questioned, by: Responder, nonce: bytes = NONCE, **later: float) -> Status | NoStatus:
    question = Question(about, nonce)
    return question.status(by.answer(question.to_der(), NOON), NOON + timedelta(**later))


def newest(of: Authority, **later: float) -> bytes:
    return Publisher().newest(of.register, NOON + timedelta(**later))


def taken(der: bytes, *known: Authority, **later: float) -> RevocationList:
    found = read_list(der, [one.anchor for one in known], NOON + timedelta(**later))
    assert isinstance(found, RevocationList)
    return found


# who issued it


def test_generations_share_a_name_and_the_one_whose_key_signed_is_found(old: Authority, new: Authority) -> None:
    assert old.register.certificate.subject == new.register.certificate.subject
    assert questioned(old).issuer == old.anchor
    assert questioned(new).issuer == new.anchor


def test_of_an_unknown_issuer_nothing_is_found_out(old: Authority, new: Authority) -> None:
    found = read_questioned(Leaf(1).made_by(old), [new.anchor], NOON)
    assert (why(found), isinstance(found, NoStatus) and found.is_final) == ("revocation_issuer_unknown", True)


@pytest.mark.parametrize("days", [-101, 901])
def test_outside_its_dates_no_list_tells_anything_of_a_certificate(old: Authority, days: int) -> None:
    found = read_questioned(Leaf(1).made_by(old), [old.anchor], NOON + timedelta(days=days))
    assert why(found) == "revocation_out_of_dates"


@pytest.mark.parametrize("der", [b"", b"\x30\x03\x02\x01\x00", b"\x30" * 40_000])
def test_what_is_no_certificate_is_not_understood(der: bytes, old: Authority) -> None:
    with pytest.raises(NotUnderstood):
        read_questioned(der, [old.anchor], NOON)


# the responder's answers


@pytest.mark.parametrize("generation", [1, 2])
@pytest.mark.parametrize("naming", ["sha1", "sha256"])
def test_good_revoked_and_unknown_are_told_apart(generation: int, naming: str) -> None:
    issuer = authority(generation)
    good, revoked = questioned(issuer, Leaf(1)), questioned(issuer, Leaf(2))
    stranger = Questioned(x509.load_der_x509_certificate(Leaf(3).signed_by(issuer)), issuer.anchor)
    issuer.register.revoke(2, MOVED)
    responder = Responder([authority(3).register, issuer.register])

    def told(about: Questioned) -> Status | NoStatus:
        question = Question(about, NONCE, naming)
        return question.status(responder.answer(question.to_der(), NOON), NOON)

    assert told(good) == Status(NOON)
    assert told(revoked) == Status(NOON, YESTERDAY, "affiliationChanged")
    assert told(stranger) == NoStatus(NotChecked("revocation_unknown"), NOON, is_final=True)


def test_an_answer_to_another_question_is_a_replay(old: Authority) -> None:
    about = questioned(old)
    earlier = Responder([old.register]).answer(Question(about, b"e" * 32).to_der(), NOON)
    old.register.revoke(7001, MOVED)
    assert why(Question(about, NONCE).status(earlier, NOON)) == "revocation_answer_replayed"
    without = Responder([old.register]).answer(Question(about, b"").to_der(), NOON)
    assert why(Question(about, NONCE).status(without, NOON)) == "revocation_answer_replayed"


def test_an_answer_about_another_certificate_says_nothing(old: Authority) -> None:
    other = Question(questioned(old, Leaf(8)), NONCE)
    answer = Responder([old.register]).answer(other.to_der(), NOON)
    assert why(Question(questioned(old), NONCE).status(answer, NOON)) == "revocation_answer_other"


def test_another_generation_s_responder_has_no_say(old: Authority, new: Authority) -> None:
    about = questioned(old)
    impostor = Register(
        "x", old.register.certificate, new.register.key, {7001: None}
    )  # its duty is signed by the new key
    assert why(answered(about, Responder([impostor]))) == "revocation_answer_forged"


class Entrusted(Responder):
    """A responder with a duty of the test's own making."""

    def __init__(self, register: Register, duty: Duty) -> None:
        super().__init__([register])
        self._own = duty

    def _duty(self, register: Register, at: object) -> Duty:
        return self._own


def duty(of: Authority, **changes: object) -> Duty:
    """A duty as the responder's own, but for ``purposes``, ``nocheck`` or ``days`` (its first and last)."""
    made = entrust(of.register, NOON - timedelta(days=1))
    kept = [one.value for one in made.certificate.extensions]
    if "purposes" in changes:
        kept = [
            x509.ExtendedKeyUsage(changes["purposes"]) if isinstance(one, x509.ExtendedKeyUsage) else one
            for one in kept
        ]
    if changes.get("nocheck") is False:
        kept = [one for one in kept if not isinstance(one, x509.OCSPNoCheck)]
    first, last = changes.get("days", (-1, 29))
    builder = x509.CertificateBuilder(
        made.certificate.issuer,
        made.certificate.subject,
        made.key.public_key(),
        9,
        NOON + timedelta(days=first),
        NOON + timedelta(days=last),
    )
    for one in kept:
        builder = builder.add_extension(one, critical=False)
    return Duty(builder.sign(of.register.key, digest_for(of.register.key)), made.key)


def test_a_responder_answers_under_a_certificate_for_that_task(old: Authority) -> None:
    assert answered(questioned(old), Entrusted(old.register, duty(old))) == Status(NOON)


@pytest.mark.parametrize(
    "changes",
    [
        {"purposes": [x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH]},
        {"nocheck": False},
        {"days": (-30, -1)},
        {"days": (1, 30)},
    ],
    ids=["for another task", "nobody says it is not revoked itself", "its time is over", "not yet"],
)
def test_a_responder_that_was_not_given_the_task_has_no_say(old: Authority, changes: dict[str, object]) -> None:
    found = answered(questioned(old), Entrusted(old.register, duty(old, **changes)))
    assert why(found) == "revocation_answer_forged"


def test_a_signature_that_is_not_the_responder_s_makes_it_a_forgery(old: Authority) -> None:
    question = Question(questioned(old), NONCE)
    answer = bytearray(Responder([old.register]).answer(question.to_der(), NOON))
    signature = ocsp.load_der_ocsp_response(bytes(answer)).signature
    answer[answer.index(signature) + len(signature) - 1] ^= 1
    assert why(question.status(bytes(answer), NOON)) == "revocation_answer_forged"


def test_the_authority_may_answer_under_its_own_key(new: Authority) -> None:
    own = Duty(new.register.certificate, new.register.key)
    assert answered(questioned(new), Entrusted(new.register, own)) == Status(NOON)


def test_an_answer_is_of_use_for_its_time_only(old: Authority) -> None:
    about, responder = questioned(old), Responder([old.register])
    in_time = FRESH.total_seconds()
    assert answered(about, responder, seconds=in_time) == Status(NOON)
    stale = answered(about, responder, seconds=in_time + 1)
    assert stale == NoStatus(NotChecked("revocation_answer_stale"), NOON)
    early = SKEW.total_seconds()
    assert answered(about, responder, seconds=-early) == Status(NOON)
    assert why(answered(about, responder, seconds=-early - 1)) == "revocation_time_wrong"


@pytest.mark.parametrize("status", [one for one in ocsp.OCSPResponseStatus if one.value])
def test_a_responder_that_refuses_has_told_nothing(old: Authority, status: ocsp.OCSPResponseStatus) -> None:
    assert why(Question(questioned(old), NONCE).status(refusal(status), NOON)) == "revocation_refused"


def test_the_stand_in_refuses_what_is_no_question_or_not_for_it(old: Authority, new: Authority) -> None:
    def status(question: bytes) -> ocsp.OCSPResponseStatus:
        return ocsp.load_der_ocsp_response(Responder([old.register]).answer(question, NOON)).response_status

    impossible = bytearray(Question(questioned(old, Leaf(0x7A11)), NONCE).to_der())
    impossible[impossible.index(b"\x02\x02\x7a\x11") + 2] = 0xFA  # a negative number
    assert status(bytes(impossible)) is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    assert status(b"what?") is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    assert status(Question(questioned(old), b"x" * 200).to_der()) is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    assert status(Question(questioned(new), NONCE).to_der()) is ocsp.OCSPResponseStatus.UNAUTHORIZED


# the lists


@pytest.mark.parametrize("generation", [1, 2])
def test_a_list_tells_who_stands_on_it(generation: int) -> None:
    issuer = authority(generation)
    about = questioned(issuer)
    before = taken(newest(issuer), authority(3), issuer)
    issuer.register.revoke(7001, MOVED)
    after = taken(newest(issuer), issuer)
    assert before.status(about, NOON) == Status(before.made_at)
    assert after.status(about, NOON) == Status(after.made_at, YESTERDAY, "affiliationChanged")


def test_a_list_says_nothing_after_its_end(old: Authority) -> None:
    found, about = taken(newest(old), old), questioned(old)
    assert found.status(about, found.until) == Status(found.made_at)
    stale = found.status(about, found.until + timedelta(seconds=1))
    assert stale == NoStatus(NotChecked("revocation_list_stale"), found.made_at)


def test_the_next_list_comes_some_minutes_late_and_the_last_one_still_holds_then(old: Authority) -> None:
    first = taken(newest(old), old)
    turn = first.until - OVERLAP - NOON
    late = SWITCH_OVER.total_seconds()
    still = taken(newest(old, seconds=turn.total_seconds() + late - 1), old)
    then = taken(newest(old, seconds=turn.total_seconds() + late), old, days=1)
    assert (still.number, then.number) == (first.number, first.number + 1)
    assert first.is_current(NOON + turn + SWITCH_OVER)


def test_what_was_revoked_after_the_list_stands_on_the_next_one(old: Authority) -> None:
    about = questioned(old)
    old.register.revoke(7001, Revoked(NOON - timedelta(minutes=1)))
    today, tomorrow = taken(newest(old), old), taken(newest(old, days=1), old, days=1)
    assert today.status(about, NOON) == Status(today.made_at)
    assert tomorrow.status(about, NOON) == Status(tomorrow.made_at, NOON - timedelta(minutes=1), "")


def test_another_generation_s_list_says_nothing(old: Authority, new: Authority) -> None:
    theirs = taken(newest(new), old, new)
    assert theirs.issuer == new.anchor
    assert why(theirs.status(questioned(old), NOON)) == "revocation_list_other"
    assert read_list(newest(new), [old.anchor], NOON) == NotChecked("revocation_list_forged")


def test_a_forged_list_is_not_taken(old: Authority) -> None:
    der = bytearray(newest(old))
    der[-1] ^= 1
    assert read_list(bytes(der), [old.anchor], NOON) == NotChecked("revocation_list_forged")


def test_a_list_of_tomorrow_is_not_taken(old: Authority) -> None:
    assert read_list(newest(old, days=2), [old.anchor], NOON) == NotChecked("revocation_time_wrong")


PLACE = [x509.DirectoryName(x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "Mihon-shi CRLDP")]))]
POINTS = x509.CRLDistributionPoints([x509.DistributionPoint(PLACE, None, None, None)])


def part(**changes: object) -> x509.IssuingDistributionPoint:
    names = ("full_name", "relative_name", "only_contains_user_certs", "only_contains_ca_certs", "only_some_reasons")
    names += ("indirect_crl", "only_contains_attribute_certs")
    nothing: dict[str, object] = {name: None if "name" in name or "reasons" in name else False for name in names}
    return x509.IssuingDistributionPoint(**{**nothing, **changes})


def partial(of: Authority, *extensions: x509.ExtensionType) -> bytes:
    subject = of.register.certificate.subject
    builder = x509.CertificateRevocationListBuilder(subject, YESTERDAY, NOON + timedelta(days=1))
    for one in (x509.CRLNumber(1), *extensions):
        builder = builder.add_extension(one, critical=not isinstance(one, x509.CRLNumber))
    return builder.sign(of.register.key, digest_for(of.register.key)).public_bytes(Encoding.DER)


def test_a_list_for_one_place_holds_for_certificates_of_that_place_only(old: Authority) -> None:
    found = taken(partial(old, part(full_name=PLACE, only_contains_user_certs=True)), old)
    inside, outside = questioned(old, Leaf(5, extensions=(POINTS,))), questioned(old, Leaf(6))
    assert found.status(inside, NOON) == Status(YESTERDAY)
    assert why(found.status(outside, NOON)) == "revocation_list_other"


@pytest.mark.parametrize(
    "extension",
    [
        part(indirect_crl=True),
        part(only_contains_ca_certs=True),
        part(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})),
        x509.DeltaCRLIndicator(1),
    ],
    ids=["of other authorities", "of authorities only", "some reasons only", "changes only"],
)
def test_a_list_that_leaves_something_out_is_not_taken(old: Authority, extension: x509.ExtensionType) -> None:
    assert read_list(partial(old, extension), [old.anchor], NOON) == NotChecked("revocation_list_other")


def test_an_authority_whose_key_may_not_sign_lists_signs_none(old: Authority) -> None:
    bits = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    bits += ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    usage = x509.KeyUsage(**{bit: bit == "key_cert_sign" for bit in bits})
    root, own = old.register.certificate, old.register.key
    builder = x509.CertificateBuilder(
        root.subject, root.subject, own.public_key(), 1, root.not_valid_before_utc, root.not_valid_after_utc
    )
    narrow = replace(old.anchor, certificate=builder.add_extension(usage, critical=True).sign(own, digest_for(own)))
    assert read_list(newest(old), [narrow], NOON) == NotChecked("revocation_list_forged")


ANYBODY = authority(1)
ABOUT = questioned(ANYBODY)
ANSWER = Responder([ANYBODY.register]).answer(Question(ABOUT, NONCE).to_der(), NOON)
LIST = newest(ANYBODY)


@given(st.binary(max_size=200) | st.builds(lambda at, bit: turned(ANSWER, at, bit), st.integers(0), st.integers(0, 7)))
def test_no_answer_that_was_changed_is_taken_for_good(der: bytes) -> None:
    found = Question(ABOUT, NONCE).status(der, NOON)
    assert isinstance(found, NoStatus) or der == ANSWER or unsigned_part_differs(der)


@given(st.binary(max_size=200) | st.builds(lambda at, bit: turned(LIST, at, bit), st.integers(0), st.integers(0, 7)))
def test_no_list_that_was_changed_is_taken(der: bytes) -> None:
    assert isinstance(read_list(der, [ANYBODY.anchor], NOON), NotChecked)


def turned(der: bytes, at: int, bit: int) -> bytes:
    """The bytes with one bit turned."""
    found = bytearray(der)
    found[at % len(found)] ^= 1 << bit
    return bytes(found)


def unsigned_part_differs(der: bytes) -> bool:
    """The same signed content under another encoding: what stands around it (such as certificates) is not signed."""
    return ocsp.load_der_ocsp_response(der).tbs_response_bytes == ocsp.load_der_ocsp_response(ANSWER).tbs_response_bytes

"""Checkpoints and their signatures: readable by others, believed only with the right key."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import LedgerError, WrongKey
from app.trust.checkpoint import Checkpoint, log_key, open_checkpoint, origin_of, read_checkpoint, sign_checkpoint
from app.trust.merkle import Tree
from app.trust.note import TIMED, Note, NoteKey, cosign_note, from_base64, parse_note, sign_note
from app.trust.sign import SigningKey
from tests.unit.trust.trees import KeptTree

# The example of the Go package golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# A checkpoint of a public Certificate Transparency staging log with the lines of its witnesses.
CT_NOTE = """arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
"""  # noqa: E501
CT_LOG = NoteKey.parse("arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f")
CT_WITNESS = NoteKey.parse("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")

KEY = SigningKey.generate()
ORIGIN = origin_of("desk", "011002")
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SIGNED = sign_checkpoint(ORIGIN, KeptTree([b"a", b"b", b"c"]).tree, KEY)


def _fault(data: bytes, key: NoteKey) -> object:
    with pytest.raises(LedgerError) as error:
        open_checkpoint(data, key)
    return error.value.data["kind"]


def test_the_published_example_is_signed_byte_for_byte() -> None:
    raw = from_base64(GO_SECRET)
    assert raw is not None
    key = SigningKey(Ed25519PrivateKey.from_private_bytes(raw[1:]))
    assert str(NoteKey("PeterNeumann", key.public)) == GO_KEY
    assert str(sign_note(GO_TEXT, "PeterNeumann", key)) == GO_LINE
    assert parse_note(f"{GO_TEXT}\n{GO_LINE}".encode()).signed_by(NoteKey.parse(GO_KEY))


def test_a_public_logs_checkpoint_and_its_witness_are_believed() -> None:
    checkpoint = open_checkpoint(CT_NOTE.encode(), CT_LOG)
    assert (checkpoint.origin, checkpoint.size) == (CT_LOG.name, 1_432_088_532)
    note = parse_note(CT_NOTE.encode())
    assert note.cosigned_at(CT_WITNESS) == datetime.fromtimestamp(0x6A122120, UTC)
    assert note.cosigned_at(CT_LOG) is None
    assert not note.signed_by(CT_WITNESS)
    changed = parse_note(CT_NOTE.replace("1432088532", "1432088533").encode())
    assert changed.cosigned_at(CT_WITNESS) is None
    assert not changed.signed_by(CT_LOG)


@pytest.mark.parametrize(
    "text",
    [
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("c74f20a3", "C74F20A3"),
        GO_KEY.replace("Peter", "Peter "),
        GO_KEY[:-1],
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3",
        "",
    ],
)
def test_a_damaged_public_key_is_refused(text: str) -> None:
    with pytest.raises(WrongKey):
        NoteKey.parse(text)


def test_a_checkpoint_names_log_size_and_root() -> None:
    checkpoint = open_checkpoint(SIGNED, log_key(ORIGIN, KEY.public))
    assert checkpoint == Checkpoint(ORIGIN, 3, KeptTree([b"a", b"b", b"c"]).tree.root)
    assert SIGNED.decode().startswith("madoguchi/desk/011002\n3\n")


def test_the_checkpoint_of_an_empty_log_is_one_too() -> None:
    signed = sign_checkpoint(ORIGIN, Tree(), KEY)
    assert open_checkpoint(signed, log_key(ORIGIN, KEY.public)).size == 0


def test_no_byte_of_a_checkpoint_can_be_changed() -> None:
    for place in range(len(SIGNED)):
        for bit in (1, 0x20):
            changed = SIGNED[:place] + bytes([SIGNED[place] ^ bit]) + SIGNED[place + 1 :]
            assert _fault(changed, log_key(ORIGIN, KEY.public))


def test_another_key_or_another_log_is_told_apart() -> None:
    assert _fault(SIGNED, log_key(ORIGIN, SigningKey.generate().public)) == "checkpoint_signature"
    assert _fault(SIGNED, log_key(origin_of("desk", "131016"), KEY.public)) == "checkpoint_origin"


@pytest.mark.parametrize("size", ["-1", "03", "3 ", "x", "", "1" * 20])
def test_a_size_written_otherwise_is_no_checkpoint(size: str) -> None:
    text = f"{ORIGIN}\n{size}\n{SIGNED.decode().splitlines()[2]}\n"
    data = Note(text, (sign_note(text, ORIGIN, KEY),)).to_bytes()
    assert _fault(data, log_key(ORIGIN, KEY.public)) in {"checkpoint_format", "note_format"}


def test_a_witness_adds_its_line_and_the_time() -> None:
    witness = SigningKey.generate()
    name = NoteKey("madoguchi/witness/ledger", witness.public, TIMED)
    note = parse_note(SIGNED)
    later = NOW + timedelta(hours=1)
    cosigned = note.with_signature(cosign_note(note.text, name.name, witness, NOW))
    assert parse_note(cosigned.to_bytes()).cosigned_at(name) == NOW
    assert cosigned.signed_by(log_key(ORIGIN, KEY.public))
    again = cosigned.with_signature(cosign_note(note.text, name.name, witness, later))
    assert again.cosigned_at(name) == later
    assert len(again.signatures) == 2
    assert note.cosigned_at(name) is None


def test_a_plain_signature_is_no_cosignature() -> None:
    note = parse_note(SIGNED)
    assert note.cosigned_at(NoteKey(ORIGIN, KEY.public, TIMED)) is None
    assert note.cosigned_at(NoteKey(ORIGIN, KEY.public)) is None


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"text\n\n", b"text\n", b"\xff\n\n", GO_TEXT.encode(), b"t\n\n- x AAAA\n"]
)
def test_what_is_no_note_is_not_read(data: bytes) -> None:
    with pytest.raises(LedgerError):
        parse_note(data)


def test_further_lines_of_a_checkpoint_are_not_accepted() -> None:
    text = SIGNED.decode().split("\n\n")[0] + "\nextension\n"
    with pytest.raises(LedgerError):
        read_checkpoint(Note(text, (sign_note(text, ORIGIN, KEY),)))

"""What an office states to one of its terminals: one line of JSON under a heading, signed as a note."""

from app.errors import LedgerError, StatementAltered, StatementUnsigned
from app.trust.note import Note, NoteKey, parse_note, sign_note
from app.trust.sign import SigningKey, VerifyKey

RULES, LEASE = "rules", "lease"
_HEAD = "madoguchi/statement/{kind}/v1"
"""No log's origin and no other kind of statement begins like this: a signature counts for one kind only."""


def state(kind: str, body: bytes, signer: str, key: SigningKey) -> str:
    """``body`` (one line) signed as ``signer``."""
    text = f"{_HEAD.format(kind=kind)}\n{body.decode()}\n"
    return Note(text, (sign_note(text, signer, key),)).to_bytes().decode()


def stated(kind: str, note: str, signer: str, key: VerifyKey) -> bytes:
    """The body, once the signature is proved.

    Errors: StatementUnsigned where no line of this signer and key stands under it; StatementAltered where one does
    that was made for something else, or for another kind of statement.
    """
    try:
        found = parse_note(note.encode())
    except LedgerError as error:
        raise StatementUnsigned(what=kind) from error
    own = NoteKey(signer, key)
    if not any((line.name, line.short) == (own.name, own.short) for line in found.signatures):
        raise StatementUnsigned(what=kind)
    head, _, body = found.text.partition("\n")
    if not found.signed_by(own) or head != _HEAD.format(kind=kind):
        raise StatementAltered(what=kind)
    return body.removesuffix("\n").encode()


def signer_of(municipality: str) -> str:
    """Under which name a municipality's office signs what it states to terminals."""
    return f"madoguchi/office/{municipality}"

"""How a signed message travels between slices, and how one that could not be answered comes back."""

from app.wire.message import Message


class Letter(Message, frozen=True):
    """A message under its sender's signature, a JWS. ``sender``: ``nws`` or ``<slice>@<municipality>``.

    ``kind``: name and version of what ``body`` holds, a message as JSON. ``alg``: what it claims to be signed with.
    """

    sender: str
    kind: str
    body: bytes
    key_id: str
    signature: bytes
    alg: str = "Ed25519"

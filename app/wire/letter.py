"""How a signed message travels between slices, and how one that could not be answered comes back."""

from app.wire.message import Message


class Letter(Message, frozen=True):
    """A message under its sender's signature (Ed25519). ``sender``: ``nws`` or ``<slice>@<municipality>``.

    ``kind``: name and version of what ``body`` holds, a message as JSON.
    """

    sender: str
    kind: str
    body: bytes
    key_id: str
    signature: bytes

"""A staff card from one run of the program to the next, as bytes; made with a credential for one office."""

import base64
import json
import os
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from app.standin.authenticator.card import StaffCard
from app.standin.authenticator.credential import Credential
from app.standin.authenticator.ctap import AAGUID, Authenticator
from app.standin.authenticator.pin import Pin, digest


def new_card(pin: str, rp_id: str, staff_id: str) -> tuple[StaffCard, bytes, bytes]:
    """A card that is registered at ``rp_id`` already: the card, its credential id, and what an office keeps of it.

    It keeps no counter, so that runs may forget how often it signed.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    user = {"id": os.urandom(16), "name": staff_id}
    made = Credential(os.urandom(32), rp_id, user, key, os.urandom(32), os.urandom(32))
    return _card(made, digest(pin.encode())), made.credential_id, attested(made)


def attested(credential: Credential) -> bytes:
    """Attested credential data. Source: WebAuthn level 2 section 6.5.1, published."""
    size = struct.pack(">H", len(credential.credential_id))
    return AAGUID + size + credential.credential_id + credential.public


def to_bytes(card: StaffCard) -> bytes:
    """What brings the same card back, its private key included: for stand-ins only."""
    (one,) = card.authenticator.credentials
    pem = one.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    values = (one.credential_id, one.user["id"], one.with_uv, one.without_uv, card.authenticator.pin.digest or b"")
    kept = [base64.b64encode(each).decode() for each in values]
    return json.dumps({"rp": one.rp_id, "name": one.user["name"], "key": pem, "values": kept}).encode()


def from_bytes(kept: bytes) -> StaffCard:
    """The card of ``to_bytes``, its PIN's tries full again."""
    found = json.loads(kept)
    name, user, with_uv, without_uv, pin = (base64.b64decode(each) for each in found["values"])
    key = load_pem_private_key(found["key"].encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("a staff card signs with P-256")
    made = Credential(name, found["rp"], {"id": user, "name": found["name"]}, key, with_uv, without_uv)
    return _card(made, pin)


def _card(credential: Credential, pin: bytes) -> StaffCard:
    return StaffCard(Authenticator(os.urandom, Pin(os.urandom, pin), [credential], counts=False))

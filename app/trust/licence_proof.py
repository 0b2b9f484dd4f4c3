"""Did the police sign what a driving licence holds? Answered where the issuer's public key is known.

The licence carries a signature and names its issuer, subject and key id, but no certificate; the public keys are not
published. What exactly is signed stands in the NPA specification, which was not at hand: that it is the objects of
DF1/EF01, DF1/EF02, DF1/EF03 and DF2/EF01 in a row without filler, RSA-2048 with SHA-256, is **assumed** and stands in
this module and in app/card/licence.py only. So a production licence is ``NotChecked`` until an office enters a key and
has tried it on a real licence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from app.domain.verdict import Failed, NotChecked, Verdict, Verified

TEST_KEY_ID = b"TEST"
"""Key ids of the test hierarchy begin with these bytes (our own rule)."""


@dataclass(frozen=True, slots=True)
class LicenceSignature:
    """DF1/EF07: the signature and the id of the key that made it (tags B1 and B6, published by one reader)."""

    signature: bytes = field(repr=False)
    key_id: bytes


@dataclass(frozen=True, slots=True)
class LicenceAnchors:
    """The issuer's public keys by key id. Those of production and of the test hierarchy never stand together."""

    production: bool
    keys: Mapping[bytes, RSAPublicKey] = field(default_factory=dict)

    def know(self, signature: LicenceSignature | None) -> bool:
        """Whether a signature can be checked: only then the files it covers are read."""
        return signature is not None and signature.key_id in self.keys


def load_licence_anchors(folder: Path, *, production: bool) -> LicenceAnchors:
    """The public keys in ``folder``, ``licence/production/`` or ``licence/test/``: PEM files named by key id in hex."""
    keys: dict[bytes, RSAPublicKey] = {}
    for path in sorted((folder / "licence" / ("production" if production else "test")).glob("*.pem")):
        key_id, key = bytes.fromhex(path.stem), load_pem_public_key(path.read_bytes())
        if isinstance(key, RSAPublicKey) and key_id.startswith(TEST_KEY_ID) is not production:
            keys[key_id] = key
    return LicenceAnchors(production, keys)


def check_licence(
    signature: LicenceSignature | None, covered: bytes | None, anchors: LicenceAnchors
) -> tuple[Verdict, Verdict]:
    """Issuer and record. ``covered`` None: not all files were read, as by the first PIN alone."""
    if signature is None:
        missing = NotChecked("licence_no_signature")
        return missing, missing
    if anchors.production and signature.key_id.startswith(TEST_KEY_ID):
        return Failed("card_test_hierarchy"), NotChecked("licence_no_key")
    key = anchors.keys.get(signature.key_id)
    if key is None:
        return NotChecked("licence_no_key"), NotChecked("licence_no_key")
    if covered is None:
        return NotChecked("licence_not_whole"), NotChecked("licence_not_whole")
    try:
        key.verify(signature.signature, covered, PKCS1v15(), SHA256())
    except InvalidSignature:
        return NotChecked("licence_not_by_this_key"), Failed("card_record_altered")
    return Verified(), Verified()

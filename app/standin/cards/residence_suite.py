"""The ciphers inside a virtual residence card. Written apart from the reader's: a shared fault would stay unseen.

Source: MOJ 在留カード等仕様書 V1.3 annex 1 (triple DES, retail MAC); second generation V1.1 annex 1 (AES-128, CMAC), as
noted by a public reader. Published.
"""

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

_MAC = 8


@dataclass(frozen=True, slots=True)
class Suite:
    """What a generation computes with. ``block``: 8 (triple DES) or 16 bytes (AES)."""

    block: int

    def encrypt(self, key: bytes, data: bytes) -> bytes:
        """CBC from zeros; ``data`` fills whole blocks."""
        return self._context(key, encrypt=True).update(data)

    def decrypt(self, key: bytes, data: bytes) -> bytes:
        """As ``encrypt``."""
        return self._context(key, encrypt=False).update(data)

    def mac(self, key: bytes, data: bytes) -> bytes:
        """8 bytes."""
        if self.block == len(key):
            maker = CMAC(AES(key))
            maker.update(data)
            return maker.finalize()[:_MAC]
        state = bytes(self.block)
        padded = self.pad(data)
        for start in range(0, len(padded), self.block):
            mixed = bytes(a ^ b for a, b in zip(state, padded[start : start + self.block], strict=True))
            state = _single(key[:8], mixed)
        return _single(key[:8], _single_back(key[8:], state))

    def pad(self, data: bytes) -> bytes:
        """80, then zeros to the next whole block."""
        return data + b"\x80" + bytes((self.block - 1 - len(data)) % self.block)

    def _context(self, key: bytes, *, encrypt: bool) -> CipherContext:
        algorithm = AES(key) if self.block == len(key) else TripleDES(key + key[:8])
        cipher = Cipher(algorithm, modes.CBC(bytes(self.block)))
        return cipher.encryptor() if encrypt else cipher.decryptor()


TRIPLE_DES, AES_128 = Suite(8), Suite(16)


def derived(data: bytes) -> bytes:
    """A key of 16 bytes out of a number or of mixed secrets."""
    return hashlib.sha1(data, usedforsecurity=False).digest()[:16]


def _single(key: bytes, block: bytes) -> bytes:
    return Cipher(TripleDES(key * 3), modes.CBC(bytes(8))).encryptor().update(block)


def _single_back(key: bytes, block: bytes) -> bytes:
    return Cipher(TripleDES(key * 3), modes.CBC(bytes(8))).decryptor().update(block)

"""What making a code anew costs in cryptography alone: opened and sealed on both sides, made and looked up by HMAC."""

import hmac
import os
import time

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SAMPLE = 20_000


def seconds(count: int) -> float:
    """Of ``count`` codes on one thread: two opens, two seals, four keyed tokens each."""
    cipher, key, nonce = AESGCM(os.urandom(32)), os.urandom(32), os.urandom(12)
    box = cipher.encrypt(nonce, bytes(18), b"bound to its place")
    begun = time.perf_counter()
    for _ in range(SAMPLE):
        for _ in range(2):
            cipher.decrypt(nonce, box, b"bound to its place")
            cipher.encrypt(os.urandom(12), bytes(18), b"bound to its place")
        for _ in range(4):
            hmac.digest(key, bytes(40), "sha256")
    return (time.perf_counter() - begun) * count / SAMPLE

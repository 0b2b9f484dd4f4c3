"""Keyed search tokens: names are found without standing in clear, numbers by a keyed index (HMAC-SHA-256).

Equal tokens show that two rows of one municipality share a pair of characters in one field; nothing else is shown
without the key. Hits are verified by the caller after decryption.
"""

import hmac
from itertools import pairwise

from app.domain.secret import Secret
from app.trust.framing import framed

TOKEN_SIZE = 8
"""Bytes of a pair token: 64 bits; a chance collision only costs one vain decryption."""

EXACT_SIZE = 16
"""Bytes of an exact token: 128 bits, so that it may be a unique key."""

_START = "\x02"
_END = "\x03"


def tokens(key: Secret, municipality: str, field: str, folded: str) -> frozenset[bytes]:
    """The tokens to store with a value: its pairs of neighbours, start and end marked. None for an empty value.

    ``folded``: the value after folding of width, kana and variants; the caller folds entries and searches alike.
    """
    return _pairs(key, municipality, field, f"{_START}{folded}{_END}") if folded else frozenset()


def prefix_tokens(key: Secret, municipality: str, field: str, folded: str) -> frozenset[bytes]:
    """The tokens that every value beginning with ``folded`` has among its own."""
    return _pairs(key, municipality, field, _START + folded)


def substring_tokens(key: Secret, municipality: str, field: str, folded: str) -> frozenset[bytes]:
    """The tokens that every value containing ``folded`` has; empty for one character: ask for more then."""
    return _pairs(key, municipality, field, folded)


def exact_token(key: Secret, municipality: str, field: str, value: Secret | str) -> bytes:
    """16 bytes that stand for the whole value in an index: a number, or a whole name."""
    content = value.reveal() if isinstance(value, Secret) else value.encode()
    return hmac.digest(key.reveal(), framed("madoguchi exact", [municipality, field, content]), "sha256")[:EXACT_SIZE]


def _pairs(key: Secret, municipality: str, field: str, marked: str) -> frozenset[bytes]:
    raw = key.reveal()
    field_key = hmac.digest(raw, framed("madoguchi pairs", [municipality, field]), "sha256")
    return frozenset(
        hmac.digest(field_key, (first + second).encode(), "sha256")[:TOKEN_SIZE] for first, second in pairwise(marked)
    )

"""Keyed search tokens: names are found without standing in clear, numbers by a keyed index (HMAC-SHA-256).

Equal tokens show that two rows of one municipality share a piece of a name, place or date; nothing else is shown
without the key. Hits are verified by the caller after decryption.
"""

import hmac
import struct
from collections.abc import Iterable

from app.domain.secret import Secret, taken
from app.trust.framing import framed

TOKEN_SIZE = 8
"""Bytes of a term token: 64 bits; a chance collision only costs one vain decryption."""

EXACT_SIZE = 16
"""Bytes of an exact token: 128 bits, so that it may be a unique key."""

_MOST_KNOWN = 200_000
_SIZE = 4


class TermTokens:
    """The tokens of one municipality's search terms, as signed 64-bit numbers.

    A city's names are made of few different pieces: tokens once made are kept, beside the key in the same memory.
    """

    def __init__(self, key: Secret, municipality: str) -> None:
        with key.lent() as raw:
            self._key = taken(hmac.digest(raw, framed("madoguchi terms", [municipality]), "sha256"))
        self._known: dict[str, int] = {}

    def of(self, terms: Iterable[str]) -> list[int]:
        """One token for each term, in order. A term is its kind and the folded text."""
        known, asked = self._known, tuple(terms)
        self.learn(asked)
        return [known[term] for term in asked]

    def learn(self, terms: Iterable[str]) -> None:
        """Make the tokens of terms that are asked for next, all that are new at once."""
        known, asked = self._known, frozenset(terms)
        missing = asked.difference(known)
        if missing and len(known) > _MOST_KNOWN:
            known.clear()
            missing = asked
        if missing:
            with self._key.lent() as raw:
                keyed = hmac.new(raw, digestmod="sha256")
            for term in missing:
                one = keyed.copy()
                one.update(term.encode())
                known[term] = int.from_bytes(one.digest()[:TOKEN_SIZE], "big", signed=True)


def packed(tokens: Iterable[int]) -> bytes:
    """Tokens side by side, for keeping with what they find."""
    kept = sorted(tokens)
    return struct.pack(f">{len(kept)}q", *kept)


def unpacked(kept: bytes) -> list[int]:
    """The tokens that ``packed`` was given, in order."""
    return list(struct.unpack(f">{len(kept) // TOKEN_SIZE}q", kept))


def exact_token(key: Secret, municipality: str, field: str, value: Secret | str) -> bytes:
    """16 bytes that stand for the whole value in an index: a number, or a whole name."""
    content = value.reveal() if isinstance(value, Secret) else value.encode()
    return hmac.digest(key.reveal(), framed("madoguchi exact", [municipality, field, content]), "sha256")[:EXACT_SIZE]


class ExactTokens:
    """Exact tokens of many values of one field: the same as ``exact_token``, what they begin with is framed once."""

    def __init__(self, key: Secret, municipality: str, field: str) -> None:
        self._key = key
        self._begun = framed("madoguchi exact", [municipality, field, b""])[:-_SIZE]

    def of(self, value: str) -> bytes:
        """The token that stands for the whole value."""
        return self.of_all([value.encode()])[0]

    def of_all(self, values: Iterable[bytes]) -> list[bytes]:
        """The tokens of values, in order; the key is taken out once."""
        begun = self._begun
        with self._key.lent() as raw:
            return [
                hmac.digest(raw, b"%b%b%b" % (begun, len(one).to_bytes(_SIZE, "big"), one), "sha256")[:EXACT_SIZE]
                for one in values
            ]

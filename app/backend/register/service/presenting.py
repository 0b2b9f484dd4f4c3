"""Who stands here, by the evidence that the counter gathered: whether a document with a photo was seen."""

from collections.abc import Iterable, Sequence

from app.domain.identity import Document
from app.domain.photo_seen import photo_seen
from app.wire.desk import Evidence
from app.wire.evidence import confirmations


def saw_photo(evidence: Sequence[Evidence], documents: Iterable[Document]) -> bool:
    """Whether whoever stands here was confirmed last by a document with a photo."""
    return photo_seen(confirmations(evidence), documents)

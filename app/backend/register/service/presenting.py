"""Who stands here, by the evidence that the counter gathered: whether a document with a photo was seen."""

from collections.abc import Iterable, Sequence

from app.domain.identity import Document, Means, Part, Question, Result
from app.wire.desk import Evidence
from app.wire.evidence import confirmations

_PHOTO = frozenset({Means.CHIP, Means.PIN, Means.JPKI, Means.DOCUMENT_CHIP})
"""Ways by which a card with a photo was confirmed."""
_PHOTO_POINTS = 2


def saw_photo(evidence: Sequence[Evidence], documents: Iterable[Document]) -> bool:
    """Whether whoever stands here was confirmed last by a document with a photo."""
    photo = {one.id for one in documents if one.points >= _PHOTO_POINTS}
    seen = [
        one
        for one in confirmations(evidence)
        if one.question is Question.IDENTITY and one.part is Part.PRESENTER and one.result is Result.CONFIRMED
    ]
    return bool(seen) and (seen[-1].means in _PHOTO or bool(photo & set(seen[-1].documents)))

"""Whether whoever stands here was confirmed by a document with a photo, as some acts demand."""

from collections.abc import Iterable, Sequence

from app.domain.identity import Confirmation, Document, Means, Part, Question, Result

_PHOTO = frozenset({Means.CHIP, Means.PIN, Means.JPKI, Means.DOCUMENT_CHIP})
"""Ways by which a card with a photo was confirmed."""
_PHOTO_POINTS = 2


def photo_seen(found: Sequence[Confirmation], documents: Iterable[Document]) -> bool:
    """Whether the last confirmation of the presenter rests on a photo."""
    photo = {one.id for one in documents if one.points >= _PHOTO_POINTS}
    seen = [
        one
        for one in found
        if one.question is Question.IDENTITY and one.part is Part.PRESENTER and one.result is Result.CONFIRMED
    ]
    return bool(seen) and (seen[-1].means in _PHOTO or bool(photo & set(seen[-1].documents)))

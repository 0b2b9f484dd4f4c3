"""署名: made of what was shown and the hand that was put to it; and what has changed since it was given."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.domain.resident_view import Item
from app.domain.signature import Signature, SignMeans
from app.wire.draft import Draft
from app.wire.signature import ShownItem, SignatureMark, digest_of, fact_at, marked


def shown_items(draft: Draft, items: Sequence[Item], label: Callable[[str], str]) -> tuple[ShownItem, ...]:
    """What stood on the display. ``label``: what an item of the form is called there."""
    return tuple(
        ShownItem(place=one.place, label=label(one.label), text=one.value, value=fact_at(draft.facts, one.place))
        for one in items
    )


def signed(draft: Draft, shown: tuple[ShownItem, ...], language: str, hand: tuple[Signature | str, datetime]) -> Draft:
    """The draft with this signature. ``hand``: what was drawn, or the number of the printed form; and when."""
    what, at = hand
    application_id = draft.application_id or draft.draft_id
    digest = digest_of(application_id, draft.procedure, language, shown)
    drawn = what if isinstance(what, Signature) else Signature(SignMeans.PAPER, 0, 0, ())
    mark = SignatureMark(
        means=drawn.means,
        language=language,
        shown=shown,
        digest=digest,
        signed_at=at,
        strokes=marked(drawn),
        width=drawn.width,
        height=drawn.height,
        form_number=what if isinstance(what, str) else "",
    )
    return draft.changed(signature=mark)


def changed_after(draft: Draft, items: Sequence[Item]) -> tuple[str, ...]:
    """Labels of what differs from what was signed: changed, new on the form, or gone from it. Nothing if not signed.

    ``items``: what would be shown now.
    """
    mark = draft.signature
    if mark is None:
        return ()
    before = {one.place: one for one in mark.shown}
    now = {one.place: one for one in items}
    odd = [one.label for place, one in now.items() if _differs(before.get(place), fact_at(draft.facts, place))]
    return tuple(dict.fromkeys([*odd, *(one.label for place, one in before.items() if place not in now)]))


def _differs(before: ShownItem | None, value: object) -> bool:
    return before is None or before.value != value

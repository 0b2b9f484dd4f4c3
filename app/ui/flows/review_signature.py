"""A signature as its reviewer reads it: how and when it was given, whether it is for what stands there now."""

from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.ui.kit import Kit
from app.ui.screens.review_shown import SignatureShown
from app.wire.desk import ApplicationView
from app.wire.signature import changed_since, drawn


def signature_shown(kit: Kit, view: ApplicationView) -> SignatureShown | None:
    """In words, with what was drawn; None where nobody signed."""
    mark = view.signature
    if mark is None:
        return None
    words, word = kit.texts.resident_check, kit.messages.word
    at = mark.signed_at.astimezone(TOKYO)
    time = f"{wareki_short(at.date())} {at:%H:%M}"
    how = words.by(word("sign_means", mark.means.value), time, word("resident_language", mark.language))
    changed = changed_since(mark, view.facts)
    return SignatureShown(
        how=words.on_paper(mark.form_number, time) if mark.form_number else how,
        result=words.differs if changed else words.holds,
        kind="warning" if changed else "success",
        changed=words.changed("、".join(changed)) if changed else "",
        drawn=drawn(mark) if mark.strokes else None,
        shown=words.shown(len(mark.shown)),
    )

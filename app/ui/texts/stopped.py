"""Words of enquiries that were given up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoppedTexts:
    """What stopped, why, what to do, what to tell the resident."""

    title: str
    door: str
    door_text: str
    list: str
    loading: str
    none: str
    lead_: str
    since: str
    asked: str
    to: str
    to_own: str
    by: str
    cause: str
    tries: str
    tried_: str
    unread: str
    one_: str
    why_: str
    now_: str
    tell_: str
    reason: str
    reason_support: str
    reason_missing: str
    again: str
    again_key: str
    close: str
    close_key: str
    refresh: str
    back: str
    again_title: str
    again_text: str
    closed_title: str
    closed_text_: str

    def lead(self, count: int) -> str:
        return self.lead_.format(count=count)

    def tried(self, count: int) -> str:
        return self.tried_.format(count=count)

    def one(self, asked: str, to: str) -> str:
        return self.one_.format(asked=asked, to=to)

    def why(self, why: str) -> str:
        return self.why_.format(why=why)

    def now(self, now: str) -> str:
        return self.now_.format(now=now)

    def tell(self, tell: str) -> str:
        return self.tell_.format(tell=tell)

    def closed_text(self, reason: str) -> str:
        return self.closed_text_.format(reason=reason)

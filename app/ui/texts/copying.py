"""Words around hard copies and the clipboard."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CopyingTexts:
    """What is refused, and the screen of the older rule."""

    capture_refused: str
    copy_refused: str
    title: str
    lead: str
    limits_: str
    reason: str
    empty_reason: str
    take: str
    take_key: str
    back: str
    taken_: str

    def limits(self, seconds: int) -> str:
        return self.limits_.format(seconds=seconds)

    def taken(self, seconds: int) -> str:
        return self.taken_.format(seconds=seconds)

"""Texts of releases of a restraint: asked for, agreed to, counted down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegisterReleaseTexts:
    """A release for some minutes."""

    title: str
    lead_: str
    act: str
    minutes_field: str
    minutes_support_: str
    reason: str
    reason_support: str
    grant: str
    grant_key: str
    act_missing: str
    minutes_wrong_: str
    reason_missing: str
    list: str
    whom: str
    left: str
    until: str
    by: str
    none: str
    end: str
    end_key: str
    granted: str
    agreed: str
    granted_text_: str
    ended: str
    returned: str
    remaining_: str
    refresh: str
    confirm: str
    confirm_key: str
    decline: str
    decline_key: str
    asked: str
    asked_text: str
    waits_: str
    why_: str
    by_two_: str
    go_on_: str
    declined: str
    declined_text: str
    declined_done: str

    def why(self, reason: str) -> str:
        return self.why_.format(reason=reason)

    def waits(self, minutes: str) -> str:
        return self.waits_.format(minutes=minutes)

    def by_two(self, asked: str, granted: str) -> str:
        return self.by_two_.format(asked=asked, granted=granted) if asked else granted

    def go_on(self, until: str) -> str:
        return self.go_on_.format(until=until)

    def lead(self, name: str) -> str:
        return self.lead_.format(name=name)

    def minutes_support(self, most: int) -> str:
        return self.minutes_support_.format(most=most)

    def minutes_wrong(self, most: int) -> str:
        return self.minutes_wrong_.format(most=most)

    def granted_text(self, until: str) -> str:
        return self.granted_text_.format(until=until)

    def remaining(self, minutes: int, seconds: str) -> str:
        return self.remaining_.format(minutes=minutes, seconds=seconds)

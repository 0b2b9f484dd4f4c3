"""Words about cards and readers: entering a PIN, what lies where, checking the readers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PinTexts:
    """Entering a PIN or password: what the resident reads, and what the clerk sees meanwhile."""

    title: str
    give: str
    correct: str
    cancel: str
    typed_: str
    too_short_: str
    on_display: str
    on_window: str
    on_reader: str
    turn: str
    turn_key: str
    back: str
    left_: str
    left_unknown: str
    blocked: str
    last_title: str
    last_text: str
    last_next: str
    last_use: str
    last_key: str
    entry: str

    def typed(self, typed: int, most: int) -> str:
        return self.typed_.format(typed=typed, most=most)

    def too_short(self, least: int) -> str:
        return self.too_short_.format(least=least)

    def left(self, left: int) -> str:
        return self.left_.format(left=left)


@dataclass(frozen=True, slots=True)
class ProofTexts:
    """Whom a chip states and what is proven of it."""

    checking: str
    name: str
    address: str
    birth: str
    sex: str
    expiry: str
    outside: str
    expired_outside: str
    within: str
    expired: str
    expiry_unknown: str
    issuer: str
    record: str
    chip: str
    certificate: str
    revocation: str
    term: str
    as_of_: str
    revoked_since_: str
    within_unchecked: str

    def as_of(self, moment: str) -> str:
        return self.as_of_.format(moment=moment)

    def revoked_since(self, moment: str) -> str:
        return self.revoked_since_.format(moment=moment)


@dataclass(frozen=True, slots=True)
class CardTexts:
    """What lies on the readers."""

    none: str
    no_reader: str
    no_reader_next: str
    service_down: str
    service_down_next: str
    lies_: str
    several: str
    several_next: str
    which: str
    mute: str
    mute_next: str
    unknown: str
    unknown_next: str
    busy: str
    busy_next: str
    middle: str
    between: str
    tries_: str
    tries_blocked_: str
    tries_unknown_: str
    rest_: str
    longer: str

    def lies(self, reader: str) -> str:
        return self.lies_.format(reader=reader)

    def tries(self, name: str, left: int) -> str:
        return self.tries_.format(name=name, left=left)

    def tries_blocked(self, name: str) -> str:
        return self.tries_blocked_.format(name=name)

    def tries_unknown(self, name: str) -> str:
        return self.tries_unknown_.format(name=name)

    def rest(self, seconds: int) -> str:
        return self.rest_.format(seconds=seconds)

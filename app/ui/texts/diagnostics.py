"""Words of the diagnosis of this PC."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DiagnosticsTexts:
    """What is looked at, how it stands, what to do."""

    title: str
    door: str
    lead: str
    list: str
    part: str
    state: str
    figures: str
    cause: str
    fix: str
    nothing_to_do: str
    empty: str
    again: str
    again_key: str
    save: str
    save_key: str
    back: str
    looking_: str
    done_: str
    all_well: str
    saved: str
    file_name: str
    file_kinds: str

    def looking(self, number: int, count: int, part: str) -> str:
        return self.looking_.format(number=number, count=count, part=part)

    def done(self, count: int) -> str:
        return self.done_.format(count=count)

"""Messages of the addressee slice: links between numbers; the in-body number never reaches a counter."""

from app.wire.message import Message


class AskLinks(Message, frozen=True):
    """Ask whether persons' numbers are linked, at most 64. ``procedure``: for which the counter asks."""

    procedure: str
    business_numbers: tuple[str, ...]


class LinkState(Message, frozen=True):
    """``number_linked``: a 個人番号 is known, none is taken. ``code_state``: none, requested, passed_on, acquired."""

    business_number: str
    number_linked: bool
    code_state: str


class LinkStates(Message, frozen=True):
    """One for each person asked about, in order."""

    states: tuple[LinkState, ...]


class LinkNumber(Message, frozen=True):
    """A 個人番号 handed in after 番号確認. ``method``: how it was confirmed, as in ``Evidence.method``."""

    procedure: str
    visit_id: str
    business_number: str
    my_number: str
    method: str


class Translate(Message, frozen=True):
    """relay → addressee: which persons of the body these business numbers are."""

    municipality: str
    business_numbers: tuple[str, ...]


class Translation(Message, frozen=True):
    """``addressee_number``: 統合宛名番号, "" while no 個人番号 is known."""

    addressee_number: str
    code_state: str


class Translations(Message, frozen=True):
    """One for each number asked about, in order."""

    municipality: str
    found: tuple[Translation, ...]


class CodeChange(Message, frozen=True):
    """What became of a person's code. ``state``: requested (with the 処理通番 to pass on) or acquired."""

    addressee_number: str
    state: str
    process_number: str


class CodeChanges(Message, frozen=True):
    """relay → addressee: code states that changed."""

    municipality: str
    changes: tuple[CodeChange, ...]


class CodesNoted(Message, frozen=True):
    """addressee → relay: how many changes were taken over."""

    municipality: str
    count: int


class AskOwners(Message, frozen=True):
    """relay → addressee: which 宛名番号 these persons of the body have, at most 64."""

    municipality: str
    addressee_numbers: tuple[str, ...]


class Owners(Message, frozen=True):
    """One for each person asked about, in order; "" for somebody who has none any more."""

    municipality: str
    business_numbers: tuple[str, ...]

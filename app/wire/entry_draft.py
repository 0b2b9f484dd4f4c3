"""A form of an office room as it stands half typed: what a draft keeps of it until the office has it."""

from msgspec import field

from app.wire.message import Message

SECRET = frozenset({"my_number"})
"""Fields that no draft keeps."""


class EntryDraft(Message, frozen=True):
    """``values`` by field, days in ISO 8601 or, behind "~", as half typed; ``about``: whom or what it concerns."""

    form: str
    values: dict[str, str] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)

"""Words of the office's other rooms, and what their screens share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeTexts:
    """The room of doors, and words that several of the screens behind them use."""

    title: str
    lead: str
    key: str
    back: str
    working: str
    loading: str
    refresh: str
    not_read: str
    item: str
    value: str
    yes: str
    no: str
    nothing: str
    between: str
    kept: str
    resumed: str
    empty_form: str
    empty_form_key: str
    why: str
    why_support: str
    why_missing: str
    send: str
    send_key: str
    cancel: str

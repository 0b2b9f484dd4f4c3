"""A message of the desk: leave to take a number is asked before the card is."""

from app.wire.message import Message


class AskNumberLeave(Message, frozen=True):
    """Ask for leave to take a 個人番号 in this visit, for this procedure."""

    visit_id: str
    procedure: str

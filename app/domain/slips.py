"""Slips of the pen: how far two folded readings are the same."""


def slip(typed: str, registered: str, at_most: int) -> int | None:
    """How many neighbouring kana of ``registered`` are otherwise, or more or fewer, in ``typed``.

    None for more than ``at_most``. What stands before and behind them is the same in both.
    """
    shorter = min(len(typed), len(registered))
    before = 0
    while before < shorter and typed[before] == registered[before]:
        before += 1
    behind = 0
    while behind < shorter - before and typed[-1 - behind] == registered[-1 - behind]:
        behind += 1
    found = max(len(typed), len(registered)) - before - behind
    return found if found <= at_most else None

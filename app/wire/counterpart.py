"""Messages between institutions that witness each other's logs: what is shown, and what was found of it."""

from app.wire.message import Message


class ShownLog(Message, frozen=True):
    """An own log's newest checkpoint (``note``), and the proof that it only grew since size ``after``.

    ``key``: the log's public key, which a witness keeps from the first time on; ``restored``: what the log declares of
    itself.
    """

    log: str
    key: bytes
    note: str
    after: int
    consistency: tuple[bytes, ...]
    restored: tuple[str, ...] = ()


class ShowLogs(Message, frozen=True):
    """Logs of the sender's municipality, shown to the municipality ``witness``.

    ``guardians``: the signed lists of who may declare a restore there, oldest first.
    """

    witness: str
    logs: tuple[ShownLog, ...]
    guardians: tuple[str, ...] = ()


class LogSeen(Message, frozen=True):
    """What was found of one log. ``cosigned``: the checkpoint with the witness's line, "" for none.

    ``fault``: why it does not hold, a stable code; with neither, the proof did not start at ``size``, which is what
    the witness remembers: to be shown again from there.
    """

    log: str
    size: int
    fault: str = ""
    cosigned: str = ""


class LogsSeen(Message, frozen=True):
    """One outcome for each log that was shown, in order. ``guardians``: why their lists do not hold, "" if they do."""

    logs: tuple[LogSeen, ...]
    guardians: str = ""

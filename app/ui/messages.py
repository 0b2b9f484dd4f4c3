"""From an error's code to what the clerk reads: what happened, why, and what to do next."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.errors import AppError, Refused
from app.ui.resources import TextFault, read_toml

log = logging.getLogger(__name__)

FALLBACK = "unknown"
"""The entry for a code without a sentence; that it is never needed is held by a test."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a banner or alert says. ``code`` is for the help desk and stands small, last."""

    title: str
    why: str
    next: str
    code: str

    def spoken(self) -> str:
        """In one piece, for a screen reader."""
        return " ".join((self.title, self.why, self.next))


class _Places(dict[str, str]):
    """Values for places; a value that did not come along leaves a dash and not a second fault."""

    def __missing__(self, key: str) -> str:
        return "―"


class Messages:
    """The tables ``error``, ``refusal``, ``verdict``, ``term`` and ``word`` of ja.toml.

    ``refusal`` holds title, why and next of each reason of ``Refused``; ``verdict`` one sentence per reason;
    ``term`` the Japanese word for a value that an error carries (a field, a code); ``word`` words by table and code.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._errors = _message_table(tables, "error")
        self._refusals = _message_table(tables, "refusal")
        self._verdicts: dict[str, str] = dict(tables["verdict"])
        self._terms: dict[str, str] = dict(tables["term"])
        self._words: dict[str, dict[str, str]] = dict(tables["word"])

    def of(self, error: AppError) -> Message:
        """The message for ``error``; for a refusal that of its reason, if it has one."""
        entry = self._errors.get(error.code)
        code = error.code
        if isinstance(error, Refused) and error.reason in self._refusals:
            entry, code = self._refusals[error.reason], f"{error.code}:{error.reason}"
        if entry is None:
            log.warning("no sentence for error", extra={"code": error.code})
            entry = self._errors[FALLBACK]
        values = _Places({name: self._terms.get(str(value), str(value)) for name, value in error.data.items()})
        values["code"] = code
        title, why, next_step = (entry[part].format_map(values) for part in ("title", "why", "next"))
        return Message(title, why, next_step, code)

    def of_code(self, code: str) -> Message | None:
        """The message for an error of which only the code was kept; None where it has no sentence."""
        entry = self._errors.get(code)
        if entry is None:
            return None
        title, why, next_step = (entry[part].format_map(_Places(code=code)) for part in ("title", "why", "next"))
        return Message(title, why, next_step, code)

    def reason(self, verdict: Verdict) -> str:
        """Why a verdict is as it is; empty for ``Verified``. A reason without a sentence shows its code."""
        match verdict:
            case Verified():
                return ""
            case Failed(reason) | NotChecked(reason):
                return self._verdicts.get(reason, reason)

    def refusal(self, reason: str) -> str:
        """Why something was refused, in one sentence; the reason's code where it has none."""
        entry = self._refusals.get(reason)
        return entry["why"] if entry else reason

    def word(self, table: str, code: str) -> str:
        """The word for ``code`` in ``[word.<table>]``; the code itself where there is none."""
        return self._words[table].get(code, code)

    def words(self, table: str) -> tuple[tuple[str, str], ...]:
        """All codes of ``[word.<table>]`` with their words, in the order of the file."""
        return tuple(self._words[table].items())

    def knows_reason(self, reason: str) -> bool:
        """Whether a verdict's reason has a sentence; for tests."""
        return reason in self._verdicts

    def knows_refusal(self, reason: str) -> bool:
        """Whether a refusal's reason has its own sentences; for tests."""
        return reason in self._refusals


def _message_table(tables: Mapping[str, Any], name: str) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = tables[name]
    for code, entry in table.items():
        if entry.keys() != {"title", "why", "next"} or not all(entry.values()):
            raise TextFault(f"[{name}.{code}]: title, why and next, no more and no less")
    return table


def load_messages() -> Messages:
    """The sentences of ja.toml, and the words of exchange.toml; ``TextFault`` names an entry of wrong shape."""
    tables = read_toml("text", "ja.toml")
    more = read_toml("text", "exchange.toml")["word"]
    if twice := tables["word"].keys() & more.keys():
        raise TextFault(f"[word]: in two files: {sorted(twice)}")
    return Messages({**tables, "word": {**tables["word"], **more}})

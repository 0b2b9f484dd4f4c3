"""Answers to a question of proof: never a boolean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verified:
    """It was checked and holds."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It was checked and does not hold. ``reason``: a stable code with a sentence under ``[verdict.<reason>]``."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotChecked:
    """It was not checked. ``reason``: as in ``Failed``."""

    reason: str


Verdict = Verified | Failed | NotChecked

"""What the resident network knows: reasons of a change, states of a card, items that are compared, periods."""

from enum import StrEnum


class ChangeReason(StrEnum):
    """異動事由 of 本人確認情報. Source: 住基法施行令30条の5, the kinds as known; their code numbers are assumed away."""

    MOVED_IN = "moved_in"
    """転入."""
    BORN = "born"
    """出生."""
    ENTERED = "entered"
    """職権記載等."""
    ADDRESS = "address"
    """転居, 区間異動, and address corrections."""
    NAME = "name"
    """氏名, 旧氏, 通称."""
    OTHER_ITEM = "other_item"
    """生年月日, 性別 and the like."""
    RESIDENT_CODE = "resident_code"
    """住民票コードの変更."""
    MY_NUMBER = "my_number"
    """個人番号の変更."""
    MOVED_OUT = "moved_out"
    """転出."""
    DIED = "died"
    """死亡."""
    REMOVED = "removed"
    """職権消除等."""
    CORRECTED = "corrected"
    """職権修正."""


REMOVING = frozenset({ChangeReason.MOVED_OUT, ChangeReason.DIED, ChangeReason.REMOVED})
"""Reasons after which a person is no longer registered."""


class CardState(StrEnum):
    """個人番号カードの運用状況."""

    NONE = "none"
    """There is no card."""
    ISSUED = "issued"
    """運用中."""
    SUSPENDED = "suspended"
    """一時停止."""
    ABOLISHED = "abolished"
    """廃止."""
    RECOVERED = "recovered"
    """回収."""
    RETURNED = "returned"
    """返納."""


class CardStep(StrEnum):
    """What happens to a card (S06-8)."""

    ISSUE = "issue"
    """交付."""
    SUSPEND = "suspend"
    """一時停止."""
    RESUME = "resume"
    """一時停止解除."""
    ABOLISH = "abolish"
    """廃止."""
    RECOVER = "recover"
    """回収."""
    RETURN = "return"
    """返納."""


_STEPS: dict[CardStep, tuple[frozenset[CardState], CardState]] = {
    CardStep.ISSUE: (
        frozenset({CardState.NONE, CardState.ABOLISHED, CardState.RECOVERED, CardState.RETURNED}),
        CardState.ISSUED,
    ),
    CardStep.SUSPEND: (frozenset({CardState.ISSUED}), CardState.SUSPENDED),
    CardStep.RESUME: (frozenset({CardState.SUSPENDED}), CardState.ISSUED),
    CardStep.ABOLISH: (frozenset({CardState.ISSUED, CardState.SUSPENDED}), CardState.ABOLISHED),
    CardStep.RECOVER: (frozenset({CardState.ISSUED, CardState.SUSPENDED, CardState.ABOLISHED}), CardState.RECOVERED),
    CardStep.RETURN: (frozenset({CardState.ISSUED, CardState.SUSPENDED, CardState.ABOLISHED}), CardState.RETURNED),
}


def after_step(state: CardState, step: CardStep) -> CardState | None:
    """The state after ``step``; None where no such step leads from ``state``.

    Source: S06-8 for the steps (published); which may follow which is assumed from what the words mean.
    """
    before, after = _STEPS[step]
    return after if state in before else None

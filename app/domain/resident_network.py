"""What the resident network knows: reasons of a change, states of a card, items that are compared, periods."""

from enum import StrEnum


class ChangeReason(StrEnum):
    """異動事由 of 本人確認情報. Source: 住基法施行令30条の5 (known); their code numbers were not found."""

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


CARD_PROVED = frozenset({CardStep.RESUME, CardStep.RECOVER})
"""Steps for which the card itself lies there and is proved; a lost or a dead person's card can't be. Assumed."""
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


class CheckPurpose(StrEnum):
    """What a person is checked for at the 統合端末 (S06-2)."""

    MOVING_IN = "moving_in"
    """特例転入."""
    WIDE_AREA = "wide_area"
    """住民票の写しの広域交付."""
    CARD = "card"
    """個人番号カードの手続."""
    NUMBER = "number"
    """個人番号の真正性の確認."""


class CheckResult(StrEnum):
    """What came of a check."""

    SAME = "same"
    DIFFERS = "differs"
    REMOVED = "removed"
    """The network has the person as removed (消除)."""
    NOT_FOUND = "not_found"
    WRONG_PIN = "wrong_pin"
    BLOCKED = "blocked"
    NOT_IN_USE = "not_in_use"
    """The card is suspended, abolished, recovered or returned."""
    UNKNOWN_CARD = "unknown_card"


class Resolution(StrEnum):
    """How a difference between the levels is worked off."""

    RESEND = "resend"
    """Send what the city has."""
    REMOVE_THERE = "remove_there"
    """Tell that the person is not registered here any more."""
    EXPLAINED = "explained"
    """Nothing to be sent: an update is on its way, or the register is corrected first."""


def is_too_broad(*, name: bool, address: bool, birth: bool) -> bool:
    """Whether such a search would list too many: two items are wanted, the sex not counted. Assumed."""
    return name + address + birth < 2  # noqa: PLR2004 -- two

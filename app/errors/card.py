"""What can go wrong with a card or its reader: a resident's, or a staff member's own."""

from app.errors.root import AppError


class CardError(AppError):
    """The card or its reader."""

    code = "card"


class ServiceDown(CardError):
    """The smart card service of the operating system does not run."""

    code = "card.service_down"


class NoReader(CardError):
    """No reader is connected."""

    code = "card.no_reader"


class ReaderGone(NoReader):
    """The reader was unplugged while its card was used; what it did last is unknown."""

    code = "card.reader_gone"


class NoCard(CardError):
    """No card lies on the reader."""

    code = "card.no_card"


class WhichReader(CardError):
    """Cards lie on several readers and none was named. ``names``: the readers."""

    code = "card.which_reader"


class CardRemoved(CardError):
    """The card went away while it was used; what it did last is unknown."""

    code = "card.removed"


class CardSilent(CardError):
    """The card or reader did not answer within its time."""

    code = "card.silent"


class CardMute(CardSilent):
    """A card lies there that does not answer when it gets power: turned over, dirty, broken or of an unknown kind."""

    code = "card.mute"


class CardBusy(CardError):
    """Another program holds the card."""

    code = "card.busy"


class CardReset(CardBusy):
    """Another program reset the card while we used it; what was opened is closed again."""

    code = "card.reset"


class WrongCode(CardError):
    """A code or PIN was wrong. ``left``: tries that remain; ``key``: which code."""

    code = "card.wrong_code"

    def __init__(self, left: int, key: str) -> None:
        super().__init__(left=left, key=key)
        self.left = left


class WrongPin(WrongCode):
    """As ``WrongCode``, of a code that its holder chose: it stands nowhere on the card."""

    code = "card.wrong_pin"


class WrongCardNumber(CardError):
    """The card does not know the number that was typed. It counts no tries: nothing is used up."""

    code = "card.wrong_number"


class CodeBlocked(CardError):
    """A code or PIN is blocked. ``key``: which one."""

    code = "card.code_blocked"


class LicenceBlocked(CodeBlocked):
    """A PIN of a driving licence is blocked: the police unblocks it, no municipality. ``key``: which one."""

    code = "card.licence_blocked"


class LastTry(CardError):
    """One try is left; nothing was sent. It is used only when this is confirmed on purpose. ``key``: which code."""

    code = "card.last_try"


class LastPinTry(LastTry):
    """As ``LastTry``, of a code that its holder chose."""

    code = "card.last_pin_try"


class CardCancelled(CardError):
    """The use of the card was ended on request, between two commands."""

    code = "card.cancelled"


class BadFormat(CardError):
    """An entry has the wrong form; the card was not asked. ``field``: which entry."""

    code = "card.bad_format"


class CertificateAbsent(CardError):
    """The card carries no certificate for this. ``purpose``: which one."""

    code = "card.certificate_absent"


class PadFailed(CardError):
    """The reader announces a PIN pad that did not work; whether a try was spent is unknown."""

    code = "card.pad_failed"


class PinNotTyped(CardError):
    """No PIN was typed on the reader's pad; no try is spent. ``how``: pad_cancelled, pad_too_slow, pad_wrong_length."""

    code = "card.pin_not_typed"


class BadCardData(CardError):
    """The card's answer can't be read. ``what``: file or tag."""

    code = "card.bad_data"


class CardNotProven(CardError):
    """A card was read, but one of its three proofs does not hold; the verdicts stand beside this error."""

    code = "card.not_proven"


class NotThisCard(CardError):
    """The card has not the application that is needed. ``application``: its name."""

    code = "card.not_this_card"


class CardRefused(CardError):
    """The card refused a command. ``status``: status word in hex."""

    code = "card.refused"


class StaffCardError(AppError):
    """The staff card did not answer for its holder."""

    code = "staff_card"


class StaffCardAbsent(StaffCardError):
    """No staff card lies on a reader for staff, or this PC has no such reader."""

    code = "staff_card.absent"


class StaffCardUnknown(StaffCardError):
    """The card is not one that the office has registered for this person."""

    code = "staff_card.unknown"


class StaffPinWrong(StaffCardError):
    """The card's PIN was wrong. ``left``: tries that remain."""

    code = "staff_card.pin_wrong"


class StaffPinBlocked(StaffCardError):
    """The card's PIN is blocked: only an administrator can help, with a new registration."""

    code = "staff_card.pin_blocked"


class StaffCardAgain(StaffCardError):
    """Three wrong PINs in a row: the card wants to be taken off and laid down again."""

    code = "staff_card.again"


class StaffCardTaken(StaffCardError):
    """The card is already one of this person's: it can't be registered twice."""

    code = "staff_card.taken"


class StaffKeyUntouched(StaffCardError):
    """The key waited for its holder's touch, or Windows for a confirmation, and nobody gave it in time."""

    code = "staff_card.untouched"


class StaffPinMissing(StaffCardError):
    """The card has no PIN yet, so nobody can show to be its holder."""

    code = "staff_card.pin_missing"

"""Everything that can go wrong, in the office's words: one tree, stable codes, data but no sentences.

AppError
├── CardError        the card or its reader: what lies on the counter
│   ├── ServiceDown · NoReader (ReaderGone) · NoCard · WhichReader · CardRemoved · CardSilent (CardMute)
│   ├── WrongCode(left) · WrongCardNumber · CodeBlocked · LastTry(key) · BadFormat(field) · CardCancelled
│   ├── CardBusy (CardReset) · CertificateAbsent(purpose) · PadFailed · PinNotTyped(how)
│   └── BadCardData(what) · CardNotProven · NotThisCard · CardRefused(status)
├── OfficeError      the backend as the counter sees it
│   ├── Unreachable · Refused(reason) · NotAllowed · Conflict · NotUnderstood · ServerFault
│   └── IdentityFirst(question) · NoNumberLeave · SignInRefused · SessionEnded · TooManyTries(wait_s)
├── StoreError       what this PC (or a slice) remembers
│   ├── KeyringLocked · KeyringMissing · WrongKey · StoreBusy · DiskFull · NewerStore
│   ├── PasswordChanged · WorkClosed · OtherPerson
├── LedgerError(place)  a proof that does not hold
├── DataFault(what, place)  a file of the installation that can't be used
├── PartMissing(what, place)  a file or folder that a command was told of
├── BadSettings(name)  what an installation was told
└── PaperError       FormFault(what)

An error carries a code and data; the clerk's sentence (what, why, what now) is looked up in resources/text/ja.toml
under ``[error.<code>]``. A bug is not an AppError.
"""

from typing import ClassVar


class AppError(Exception):
    """Something the clerk can be told about. ``code`` is stable, ``data`` fills the sentence's places."""

    code: ClassVar[str] = "app"

    def __init__(self, **data: str | int) -> None:
        super().__init__(self.code, data)
        self.data: dict[str, str | int] = data

    def __str__(self) -> str:
        return f"{self.code} {self.data}" if self.data else self.code


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


class WrongCardNumber(CardError):
    """The card does not know the number that was typed. It counts no tries: nothing is used up."""

    code = "card.wrong_number"


class CodeBlocked(CardError):
    """A code or PIN is blocked. ``key``: which one."""

    code = "card.code_blocked"


class LastTry(CardError):
    """One try is left; nothing was sent. It is used only when this is confirmed on purpose. ``key``: which code."""

    code = "card.last_try"


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


class OfficeError(AppError):
    """The backend as the counter sees it."""

    code = "office"


class Unreachable(OfficeError):
    """The backend can't be reached; nothing is lost, work goes on where it may."""

    code = "office.unreachable"


class Refused(OfficeError):
    """The backend refused. ``reason``: a code from its list, shown with its own sentence."""

    code = "office.refused"

    def __init__(self, reason: str, **data: str | int) -> None:
        super().__init__(reason=reason, **data)
        self.reason = reason


class NotAllowed(OfficeError):
    """No right for this, or no such thing: the two look the same on purpose."""

    code = "office.not_allowed"


class IdentityFirst(OfficeError):
    """No 個人番号 is taken before its giver is confirmed. ``question``: what is missing, person or authority."""

    code = "office.identity_first"


class NoNumberLeave(OfficeError):
    """The office can't be asked for leave to take a number by code A; the other ways remain."""

    code = "office.no_number_leave"


class Conflict(OfficeError):
    """Somebody else changed it first. ``version``: the present one."""

    code = "office.conflict"


class NotUnderstood(OfficeError):
    """A message could not be read by the other side. ``what``: where."""

    code = "office.not_understood"


class ServerFault(OfficeError):
    """A fault of the backend itself; ``trace`` finds it in its log."""

    code = "office.server_fault"


class SignInRefused(OfficeError):
    """Sign-in refused, without a hint which part was wrong."""

    code = "office.sign_in_refused"


class SecondFactorRefused(OfficeError):
    """The second factor does not hold. ``reason``: a stable code, recorded and told to whoever looks after keys."""

    code = "office.second_factor_refused"


class SessionEnded(OfficeError):
    """The session has ended or was ended elsewhere."""

    code = "office.session_ended"


class TooManyTries(OfficeError):
    """Too many tries. ``wait_s``: seconds until the next one."""

    code = "office.too_many_tries"


class StoreError(AppError):
    """What this PC or a slice remembers."""

    code = "store"


class KeyringLocked(StoreError):
    """The operating system's keyring is locked."""

    code = "store.keyring_locked"


class KeyringMissing(StoreError):
    """There is no keyring of the operating system; there is no fallback to a file."""

    code = "store.keyring_missing"


class WrongKey(StoreError):
    """A store can't be opened with this key."""

    code = "store.wrong_key"


class StoreBusy(StoreError):
    """Another process holds the store."""

    code = "store.busy"


class DiskFull(StoreError):
    """There is no room on the disk."""

    code = "store.disk_full"


class NewerStore(StoreError):
    """The store was written by a newer version of this program."""

    code = "store.newer"


class PasswordChanged(StoreError):
    """The office takes the password, the work kept on this PC was sealed under an earlier one."""

    code = "store.password_changed"


class WorkClosed(StoreError):
    """The work kept on this PC is closed: the screen is locked or nobody is signed in."""

    code = "store.work_closed"


class OtherPerson(StoreError):
    """Only the person who locked may unlock; another one signs in anew."""

    code = "store.other_person"


class LedgerError(AppError):
    """A proof does not hold. ``kind``: stable code of the fault; ``place``: where."""

    code = "ledger.broken"


class DataFault(AppError):
    """A file of the installation (procedure, table) can't be used. ``what``: stable code; ``place``: file and key."""

    code = "data.fault"


class PartMissing(AppError):
    """A file or folder that a command was told of can't be used. ``what``: stable code; ``place``: its path."""

    code = "part.missing"


class BadSettings(AppError):
    """A settings file lacks something or has it wrong. ``name``: which setting."""

    code = "settings.bad"


class PaperError(AppError):
    """Forms and printing."""

    code = "paper"


class FormFault(PaperError):
    """A form can't be made. ``what``: the reason."""

    code = "paper.form"

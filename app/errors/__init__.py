"""Everything that can go wrong, in the office's words: one tree, stable codes, data but no sentences.

AppError
├── CardError        the card or its reader: what lies on the counter
│   ├── ServiceDown · NoReader (ReaderGone) · NoCard · WhichReader · CardRemoved · CardSilent (CardMute)
│   ├── WrongCode(left) (WrongPin) · WrongCardNumber · CodeBlocked (LicenceBlocked) · LastTry(key) (LastPinTry)
│   ├── BadFormat(field) · CardCancelled · CardBusy (CardReset) · CertificateAbsent(purpose) · PadFailed
│   └── PinNotTyped(how) · BadCardData(what) · CardNotProven · NotThisCard · CardRefused(status)
├── OfficeError      the backend as the counter sees it
│   ├── Unreachable · Refused(reason) · NotAllowed · Conflict · NotUnderstood · ServerFault
│   ├── IdentityFirst(question) · NoNumberLeave · SignInRefused · SessionEnded · TooManyTries(wait_s)
│   └── Alone         without it: UnknownHere · LeaseOver · LeaseClockBack · LeaseTries · CardNeedsOffice
│                     RegisterNeedsOffice · PaperNeedsOffice · EnquiryNeedsOffice
├── StatementError(what)  what the office states to a terminal: Unsigned · Altered · Older · Others(whose) · OutOfBounds
├── StoreError       what this PC (or a slice) remembers
│   ├── KeyringLocked · KeyringMissing · WrongKey · StoreBusy · DiskFull · NewerStore
│   ├── PasswordChanged · WorkClosed · OtherPerson
├── LedgerError(place)  a proof that does not hold
├── DataFault(what, place)  a file of the installation that can't be used
├── PartMissing(what, place)  a file or folder that a command was told of
├── BadSettings(name)  what an installation was told
├── CopyNotAllowed   a picture of a screen against the office's rule
└── PaperError       FormFault(what)

An error carries a code and data; the clerk's sentence (what, why, what now) is looked up in resources/text/ja.toml
under ``[error.<code>]``. A bug is not an AppError.
"""

from app.errors.card import (
    BadCardData,
    BadFormat,
    CardBusy,
    CardCancelled,
    CardError,
    CardMute,
    CardNotProven,
    CardRefused,
    CardRemoved,
    CardReset,
    CardSilent,
    CertificateAbsent,
    CodeBlocked,
    LastPinTry,
    LastTry,
    LicenceBlocked,
    NoCard,
    NoReader,
    NotThisCard,
    PadFailed,
    PinNotTyped,
    ReaderGone,
    ServiceDown,
    StaffCardAbsent,
    StaffCardAgain,
    StaffCardError,
    StaffCardTaken,
    StaffCardUnknown,
    StaffKeyUntouched,
    StaffPinBlocked,
    StaffPinMissing,
    StaffPinWrong,
    WhichReader,
    WrongCardNumber,
    WrongCode,
    WrongPin,
)
from app.errors.counter import (
    Alone,
    CardNeedsOffice,
    CopyNotAllowed,
    EnquiryNeedsOffice,
    LeaseClockBack,
    LeaseOver,
    LeaseTries,
    PaperNeedsOffice,
    PasswordDue,
    RegisterNeedsOffice,
    StatementAltered,
    StatementError,
    StatementOlder,
    StatementOthers,
    StatementOutOfBounds,
    StatementUnsigned,
    UnknownHere,
)
from app.errors.office import (
    Conflict,
    IdentityFirst,
    NoNumberLeave,
    NotAllowed,
    NotUnderstood,
    OfficeError,
    Refused,
    SecondFactorRefused,
    ServerFault,
    SessionEnded,
    SignInRefused,
    TooManyTries,
    Unreachable,
)
from app.errors.root import (
    AppError,
)
from app.errors.store import (
    BadSettings,
    DataFault,
    DiskFull,
    FormFault,
    KeyringLocked,
    KeyringMissing,
    LedgerError,
    NewerStore,
    OtherPerson,
    PaperError,
    PartMissing,
    PasswordChanged,
    StoreBusy,
    StoreError,
    WorkClosed,
    WrongKey,
)

__all__ = [
    "Alone",
    "AppError",
    "BadCardData",
    "BadFormat",
    "BadSettings",
    "CardBusy",
    "CardCancelled",
    "CardError",
    "CardMute",
    "CardNeedsOffice",
    "CardNotProven",
    "CardRefused",
    "CardRemoved",
    "CardReset",
    "CardSilent",
    "CertificateAbsent",
    "CodeBlocked",
    "Conflict",
    "CopyNotAllowed",
    "DataFault",
    "DiskFull",
    "EnquiryNeedsOffice",
    "FormFault",
    "IdentityFirst",
    "KeyringLocked",
    "KeyringMissing",
    "LastPinTry",
    "LastTry",
    "LeaseClockBack",
    "LeaseOver",
    "LeaseTries",
    "LedgerError",
    "LicenceBlocked",
    "NewerStore",
    "NoCard",
    "NoNumberLeave",
    "NoReader",
    "NotAllowed",
    "NotThisCard",
    "NotUnderstood",
    "OfficeError",
    "OtherPerson",
    "PadFailed",
    "PaperError",
    "PaperNeedsOffice",
    "PartMissing",
    "PasswordChanged",
    "PasswordDue",
    "PinNotTyped",
    "ReaderGone",
    "Refused",
    "RegisterNeedsOffice",
    "SecondFactorRefused",
    "ServerFault",
    "ServiceDown",
    "SessionEnded",
    "SignInRefused",
    "StaffCardAbsent",
    "StaffCardAgain",
    "StaffCardError",
    "StaffCardTaken",
    "StaffCardUnknown",
    "StaffKeyUntouched",
    "StaffPinBlocked",
    "StaffPinMissing",
    "StaffPinWrong",
    "StatementAltered",
    "StatementError",
    "StatementOlder",
    "StatementOthers",
    "StatementOutOfBounds",
    "StatementUnsigned",
    "StoreBusy",
    "StoreError",
    "TooManyTries",
    "UnknownHere",
    "Unreachable",
    "WhichReader",
    "WorkClosed",
    "WrongCardNumber",
    "WrongCode",
    "WrongKey",
    "WrongPin",
]

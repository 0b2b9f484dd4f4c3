"""What can go wrong with what is kept, proved, read at the start, or set on paper."""

from app.errors.root import AppError


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


class DiskFault(StoreError):
    """The disk takes nothing more or gives nothing back: it is broken, or was made read-only. ``what``: which."""

    code = "store.disk_fault"


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


class BadKeys(AppError):
    """A key map contradicts itself; the program does not start with it.

    ``file`` and ``line``: where; ``name``: of which action; ``key``: as written; ``why``: a term.
    """

    code = "settings.bad_keys"


class PaperError(AppError):
    """Forms and printing."""

    code = "paper"


class FormFault(PaperError):
    """A form can't be made. ``what``: the reason."""

    code = "paper.form"


class PrintServiceGone(PaperError):
    """The system's print service does not answer, or there is none."""

    code = "paper.service_gone"


class PrinterUnknown(PaperError):
    """There is no printer of that name: ``printer``. Nothing goes to another one instead."""

    code = "paper.printer_unknown"


class TrayUnknown(PaperError):
    """The printer has no such tray: ``printer``, ``tray``. Nothing is printed on other paper instead."""

    code = "paper.tray_unknown"


class PrinterRejects(PaperError):
    """The printer takes no orders now. ``printer``: its name."""

    code = "paper.printer_rejects"


class PrintRefused(PaperError):
    """The print service did not take the order, or did not cancel it. ``printer``: its name."""

    code = "paper.refused"


class PaperHeldBack(PaperError):
    """The paper has faults with which it is not printed. ``count``: how many."""

    code = "paper.held_back"

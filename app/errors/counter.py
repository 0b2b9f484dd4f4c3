"""What can go wrong with what the office tells its counters, and what a counter can't do while it is alone."""

from app.errors.office import Unreachable
from app.errors.root import AppError


class StatementError(AppError):
    """What the office is said to have stated does not count; the last good one stays. ``what``: rules or lease."""

    code = "statement"


class StatementUnsigned(StatementError):
    """No signature of the office stands under it. ``what``: rules or lease."""

    code = "statement.unsigned"


class StatementAltered(StatementError):
    """The office's signature stands under it and was made for something else. ``what``: rules or lease."""

    code = "statement.altered"


class StatementOlder(StatementError):
    """It is older than what this terminal knows, or contradicts it. ``what``: rules or lease."""

    code = "statement.older"


class StatementOthers(StatementError):
    """It was made for another terminal, municipality or person: ``whose``. ``what``: rules or lease."""

    code = "statement.others"


class StatementOutOfBounds(StatementError):
    """It decides what no office may. ``name``: which value; ``what``: rules or lease."""

    code = "statement.out_of_bounds"


class Alone(Unreachable):
    """What can't be done while the office can't be reached."""

    code = "alone"


class UnknownHere(Alone):
    """Nobody signs in without the office who has no lease at this terminal."""

    code = "alone.unknown_here"


class LeaseOver(Alone):
    """The time for which this person may work here without the office is over."""

    code = "alone.lease_over"


class LeaseClockBack(Alone):
    """The PC's clock was set back: the lease has ended."""

    code = "alone.clock_back"


class LeaseTries(Alone):
    """Too many wrong passwords without the office: the lease has ended."""

    code = "alone.tries"


class CardNeedsOffice(Alone):
    """The second factor can't be checked here."""

    code = "alone.card"


class PasswordDue(AppError):
    """The staff card alone does not unlock now: the password is asked for besides."""

    code = "lock.password_due"


class RegisterNeedsOffice(Alone):
    """No record of the register without the office: a restraint must be looked at live."""

    code = "alone.register"


class PaperNeedsOffice(Alone):
    """No certificate or notice without the office: a restraint must be looked at live."""

    code = "alone.paper"


class EnquiryNeedsOffice(Alone):
    """No answer of an enquiry without the office."""

    code = "alone.enquiry"


class CopyNotAllowed(AppError):
    """A picture of a screen was wanted where the office's rule has none taken, or without a reason."""

    code = "copy_not_allowed"

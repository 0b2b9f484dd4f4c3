"""What can go wrong between the counter and the backend."""

from app.errors.root import AppError


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


class ServerDisk(ServerFault):
    """The backend has no room on its disk, or the disk is broken: nothing was kept there, and time mends it."""

    code = "office.server_disk"


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

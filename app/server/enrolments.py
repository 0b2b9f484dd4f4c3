"""When terminals were enrolled: the staff slice in the same process is asked."""

from datetime import datetime

from app.backend.staff.service import StaffService
from app.errors import NotAllowed


class StaffEnrolments:
    """The desk's ``Enrolments``."""

    def __init__(self, staff: StaffService) -> None:
        self._staff = staff

    def enrolled_at(self, municipality: str, terminal: str) -> datetime | None:
        """See ``Enrolments``; None also for one that is shut out."""
        try:
            return self._staff.terminal(municipality, terminal).enrolled_at
        except NotAllowed:
            return None

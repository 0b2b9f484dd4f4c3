"""Where a person printed a kind of paper last, as the use cases need it."""

from typing import Protocol

from app.domain.printing import PrintChoice


class PrintChoices(Protocol):
    """Kept on this PC. Errors of both: StoreBusy, DiskFull."""

    def choice(self, staff_id: str, form: str) -> PrintChoice | None: ...
    def keep_choice(self, staff_id: str, form: str, choice: PrintChoice) -> None: ...

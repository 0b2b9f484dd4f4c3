"""Printing as the use cases need it: what printers there are, an order, how it stands, cancelling it."""

from typing import Protocol

from app.domain.printing import JobStatus, Printer, PrintJob, PrintOrder


class Printing(Protocol):
    """印刷: queues of this PC. Nothing ever goes to another printer than the one that was named."""

    def printers(self) -> tuple[Printer, ...]:
        """What there is, by name. Errors: PrintServiceGone."""
        ...

    def submit(self, pdf: bytes, order: PrintOrder) -> PrintJob:
        """Hand over a PDF, without a file on the way.

        Errors: PrinterUnknown, TrayUnknown, PrinterRejects, PrintRefused, PrintServiceGone: then no sheet comes out.
        Blocks some 10 ms.
        """
        ...

    def status(self, job: PrintJob) -> JobStatus:
        """How it stands, as the queue says. Errors: PrintServiceGone: nobody can say now, ask again."""
        ...

    def cancel(self, job: PrintJob) -> None:
        """Stop it; what lies in the tray stays. One that is over stays as it ended. Errors: PrintRefused."""
        ...

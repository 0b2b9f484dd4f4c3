"""Printing in sentences: faults of a paper, how a job stands, how it ended."""

from app.domain.font_map import codes
from app.domain.form import FaultKind, PaperFault
from app.domain.print_rules import PrintRules
from app.domain.printing import JobState, JobStatus
from app.services.paper import Paper
from app.ui.flows.print_acts import JobSeen
from app.ui.kit import Kit
from app.ui.screens.print_paper import JobShown, PaperShown

CANCEL_AFTER_S = 10.0
"""From when on a job that is merely slow may be cancelled. Source: counter-ux section 10 (estimate and cancel)."""


class PrintWords:
    """The sentences, from [print_paper] and the words of faults and reasons."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._words, self._states = kit.texts.print_paper, kit.texts.print_state

    def paper(self, title: str, paper: Paper, rules: PrintRules) -> PaperShown:
        """A paper with its faults, those that hold it back first."""
        held = rules.holding(paper.mark.form, paper.faults)
        faults = [(self._words.held_line(one.where, self._fault(one)), True) for one in held]
        faults += [
            (self._words.warn_line(one.where, self._fault(one)), False) for one in paper.faults if one not in held
        ]
        return PaperShown(title, paper.pages, tuple(faults), single=paper.mark.is_single)

    def job(self, seen: JobSeen, status: JobStatus) -> JobShown:
        """A job, under way or over."""
        sent, words = seen.sent, self._states
        name = sent.job.printer
        if status.is_over:
            return self._ended(seen, status)
        if seen.cancelling:
            return JobShown("information", words.cancelling)
        may = ("cancel",) if status.state is JobState.HELD or seen.for_s >= CANCEL_AFTER_S else ()
        if status.state is JobState.HELD:
            causes = [self._kit.messages.word("printer_reason", one) for one in status.causes]
            return JobShown("warning", words.held(name, "".join(causes)), may=may)
        under_way = words.waiting(name) if status.state is JobState.WAITING else words.printing(name)
        return JobShown("information", under_way, may=may)

    def _ended(self, seen: JobSeen, status: JobStatus) -> JobShown:
        words, sent = self._states, seen.sent
        single = sent.mark.is_single
        if status.state is JobState.PRINTED:
            if seen.printer is not None and seen.printer.is_file:
                return JobShown("success", words.saved(seen.printer.place, f"{sent.title}.pdf"), words.saved_next)
            text = f"{words.printed_next}{words.single_next if single else words.try_again}"
            return JobShown("success", words.printed(sent.job.printer, sent.sheets), text, () if single else ("again",))
        ends = {
            JobState.CANCELLED: words.cancelled,
            JobState.ABORTED: words.aborted,
            JobState.LOST: words.lost,
        }
        text = words.single_next if single else words.try_again
        return JobShown("error", ends[status.state], text, () if single else ("again",))

    def _fault(self, fault: PaperFault) -> str:
        sentence = self._kit.messages.word("paper_fault", fault.kind.value)
        is_character = fault.kind not in {FaultKind.SHRUNK, FaultKind.OVERFLOW}
        return sentence.format(what=fault.what, code=codes(fault.what) if is_character else "")

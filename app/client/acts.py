"""What the flows of visit and review are handed: the use cases and books of one counter."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.client.counter import Counter, issuer, shipped_capacities, shipped_documents, shipped_slip_words, words
from app.client.interview import shipped_carrying
from app.client.papers import ApplicationSheets, Papers, VisitSlips
from app.client.register_wing import shipped_register_rules
from app.services.compose_application import SheetStyle, parse_sheet_words
from app.services.paper import Paper
from app.services.ports.seat import Press
from app.services.work_status import work_status
from app.shipped import read_toml
from app.trust.authority import expires
from app.ui.flows.review_acts import ReviewActs, ReviewBooks
from app.ui.flows.visit_acts import CounterBooks, VisitActs


def visit_acts(counter: Counter, press: Callable[[], Press], show_paper: Callable[[str, Paper], None]) -> VisitActs:
    """What a visit does."""
    cases = counter.cases
    said = words(counter.settings)
    papers = Papers(counter.press, said, issuer(counter.settings), counter.memory.journal)
    style = (issuer(counter.settings), said.honorific, said.mark)
    slips = VisitSlips(counter.press, shipped_slip_words(), style, counter.memory.journal)
    return VisitActs(
        press=press,
        readers=counter.readers,
        read_card=cases.read_card,
        open_visit=cases.open_visit,
        close_visit=cases.close_visit,
        confirm_person=cases.confirm_person,
        confirm_authority=cases.confirm_authority,
        ask_questions=cases.ask_questions,
        prove_holder=cases.prove_holder,
        read_licence=cases.read_licence,
        read_residence=cases.read_residence,
        search_network=cases.search_network,
        check_readers=cases.check_readers,
        find_person=cases.find_person,
        confirm_number=cases.confirm_number,
        prepare=cases.prepare,
        save_draft=cases.save_draft,
        resume_draft=cases.resume_draft,
        correct=cases.correct,
        hand_in=cases.hand_in,
        work_status=partial(work_status, counter.memory.postbox, counter.memory.work, _certificate_until(counter)),
        enquire=cases.enquire,
        interview=counter.interview,
        slip=papers.slip,
        visit_slip=slips.slip,
        sheet=ApplicationSheets(counter.press, sheet_style(counter), counter.memory.journal).sheet,
        show_paper=show_paper,
    )


def sheet_style(counter: Counter) -> SheetStyle:
    """How application sheets are set here."""
    said = parse_sheet_words(read_toml("text", "application_sheet.toml"))
    return SheetStyle(said, words(counter.settings), issuer(counter.settings))


def _certificate_until(counter: Counter) -> datetime:
    """Until when the office lets this PC in; read once, as the line to the office reads it."""
    return expires(counter.settings.tls.certificate.read_bytes())


def visit_books(counter: Counter) -> CounterBooks:
    """What a visit looks up."""
    return CounterBooks(
        tuple(counter.procedures.values()),
        counter.settings.municipalities,
        shipped_documents(),
        shipped_capacities(),
        {one.id: one.title for one in shipped_register_rules().kinds.values()},
        shipped_carrying(counter.procedures, counter.interview.interview),
    )


def review_acts(counter: Counter, press: Callable[[], Press], open_paper: Callable[[str, Paper], None]) -> ReviewActs:
    """What a reviewer does."""
    cases = counter.cases
    return ReviewActs(
        press=press,
        review=cases.review,
        read_timeline=cases.timeline,
        enquire=cases.enquire,
        show_paper=cases.show_paper,
        check_receipt=cases.check_receipt,
        open_paper=open_paper,
    )


def review_books(counter: Counter) -> ReviewBooks:
    """What a reviewer looks up."""
    return ReviewBooks(
        procedures=tuple(counter.procedures.values()),
        form_words=words(counter.settings),
        municipalities=counter.settings.municipalities,
        documents=shipped_documents(),
        papers=shipped_capacities().papers,
    )

"""What the flows of review are handed: the use cases, the lanes they run on, and the data of the office."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.capacity import AuthorityPaper
from app.domain.identity import Document
from app.domain.procedure import Procedure
from app.domain.verdict import Verdict
from app.services.compose_form import FormWords
from app.services.enquire import Enquire
from app.services.paper import Paper
from app.services.ports.seat import Press
from app.services.read_timeline import ReadTimeline
from app.services.review import Review
from app.services.show_paper import ShowPaper
from app.ui.background import Lane


@dataclass(frozen=True, slots=True)
class ReviewActs:
    """The use cases. ``press`` makes the value of one key press.

    ``check_receipt``: whether a ledger's receipt (its text) holds; ``open_paper``: a paper under a title.
    """

    press: Callable[[], Press]
    review: Review
    read_timeline: ReadTimeline
    enquire: Enquire
    show_paper: ShowPaper
    check_receipt: Callable[[str], Verdict]
    open_paper: Callable[[str, Paper], None]


@dataclass(frozen=True, slots=True)
class ReviewLanes:
    """Where slow things run: the office behind the line, the making of papers; and where news is waited for."""

    office: Lane
    paper: Lane
    news: Lane


@dataclass(frozen=True, slots=True)
class ReviewBooks:
    """Data of the office. ``form_words``: values in the words of papers. ``municipalities``: code and name.

    ``documents``: kinds that confirm a person or a number; ``papers``: kinds that prove an authority.
    """

    procedures: tuple[Procedure, ...]
    form_words: FormWords
    municipalities: tuple[tuple[str, str], ...] = ()
    documents: tuple[Document, ...] = ()
    papers: tuple[AuthorityPaper, ...] = ()

    def procedure(self, name: str) -> Procedure | None:
        """The procedure with that id."""
        return next((one for one in self.procedures if one.id == name), None)

    def documents_of(self, kinds: str) -> tuple[str, ...]:
        """The words for kinds of documents as evidence has them, joined by "+"; an id that left the list as it is."""
        words = {one.id: one.label for one in self.documents} | {one.id: one.label for one in self.papers}
        return tuple(words.get(kind, kind) for kind in kinds.split("+") if kind)

"""What of a draft a resident is shown to check, and how it stands with the signature that was given for it."""

from datetime import date

from app.domain.clock import TOKYO, business_date
from app.domain.facts import Scalar
from app.domain.prefill import Presenter
from app.domain.present import shown
from app.domain.procedure import Field, Kind, Procedure
from app.domain.resident_items import Reading, items_to_check
from app.domain.resident_view import Item
from app.services.sign_application import changed_after
from app.ui.flows.application_notes import present_words
from app.ui.flows.visit_acts import CounterBooks
from app.ui.flows.visit_state import Present
from app.ui.kit import Kit
from app.wire.draft import Draft
from app.wire.facts import facts_from_wire


class CheckReader:
    """Reads drafts for who stands at the counter."""

    def __init__(self, kit: Kit, books: CounterBooks) -> None:
        self._kit, self._books, self._told = kit, books, present_words(kit)

    def reading(self, present: Present, draft: Draft) -> Reading:
        """Who reads, and where the values came from."""
        protected = present.hit is not None and bool(present.hit.restraints)
        return Reading(Presenter(present.capacity, self._books.capacities), draft.sources, protected, self._tell)

    def items(self, present: Present, procedure: Procedure, draft: Draft) -> tuple[Item, ...]:
        """What is shown."""
        facts = facts_from_wire(procedure, draft.facts)
        return items_to_check(procedure, facts, self._day(draft), self.reading(present, draft))

    def changes(self, present: Present, procedure: Procedure, draft: Draft) -> tuple[str, ...]:
        """Labels of what differs from what was signed."""
        return () if draft.signature is None else changed_after(draft, self.items(present, procedure, draft))

    def said(self, present: Present, procedure: Procedure, draft: Draft) -> str:
        """How it stands with the signature, in words."""
        words, word, mark = self._kit.texts.resident_check, self._kit.messages.word, draft.signature
        if mark is None:
            return words.none
        time = f"{mark.signed_at.astimezone(TOKYO):%H:%M}"
        if mark.form_number:
            text = words.on_paper(mark.form_number, time)
        else:
            text = words.by(word("sign_means", mark.means.value), time, word("resident_language", mark.language))
        changed = self.changes(present, procedure, draft)
        return f"{text}\n{words.changed('、'.join(changed))}" if changed else text

    def _tell(self, field: Field, value: Scalar | None) -> str:
        if field.kind is Kind.MUNICIPALITY and value:
            return dict(self._books.municipalities).get(str(value), str(value))
        return shown(field, value, self._told)

    def _day(self, draft: Draft) -> date:
        return draft.day(business_date(self._kit.clock.now()))

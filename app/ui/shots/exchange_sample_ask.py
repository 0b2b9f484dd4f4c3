"""The sample office's asking side and what goes to residents: enquiries, codes, own information, notices."""

from datetime import timedelta
from typing import Any

from app.ui.shots.exchange_sample import TAX_ITEMS, THERE, Sample
from app.wire import relay_section
from app.wire.addressee import LinkState
from app.wire.desk import AnswerMark, PersonMark
from app.wire.own_information import OwnProvided, OwnProvidedContent, OwnProvidedRow
from app.wire.portal_notice import NoticeState, NoticeStates


class AskingSample(Sample):
    """Answers of a section that asks."""

    def _enquiry(self, name: str, state: str, **changed: object) -> relay_section.SectionEnquiry:
        given: dict[str, Any] = {
            "enquiry_id": name,
            "procedure": self.said("task"),
            "enquiry": "local_tax_claimant",
            "subject": PersonMark(business_number=self._person(), name=self.sample["people"]["name"]),
            "provider": THERE,
            "provider_name": "",
            "path": "nws",
            "tax_year": 2026,
            "state": state,
            "reason": "",
            "kind": "",
            "next_step": "wait",
            "process_number": "2026112000000007",
            "accepted_at": self.at - timedelta(hours=3, minutes=12),
            "next_at": self.at + timedelta(minutes=4),
            "expected_at": self.at + timedelta(minutes=5),
            "attempts": 2,
            "staff_id": self._person("examiner"),
        }
        return relay_section.SectionEnquiry(**(given | changed))

    def _say_listed(self) -> relay_section.SectionEnquiries:
        ended = {"next_at": None, "expected_at": None, "attempts": 0}
        other = PersonMark(business_number=self._person("second"), name=self.sample["people"]["other"])
        late = self.at + timedelta(days=4)
        rows = (
            self._enquiry("held", "answered", kind="held_back", **ended),
            self._enquiry("code", "no_code", subject=other, expected_at=late, process_number=""),
            self._enquiry("undeclared", "answered", kind="undeclared", next_step="ask_to_file", **ended),
            self._enquiry("done", "answered", kind="value", next_step="none", subject=other, **ended),
            self._enquiry("no", "refused", reason="wrong_year", next_step="ask_again", **ended),
        )
        return relay_section.SectionEnquiries(rows=self._rows(*rows))

    def _say_opened(self) -> relay_section.EnquiryOpened:
        row = self._enquiry("done", "answered", kind="value", next_step="none", next_at=None, attempts=0)
        answer = AnswerMark(
            enquiry_id="done",
            enquiry="local_tax_claimant",
            subject=row.subject,
            path="nws",
            provider=THERE,
            provider_name="",
            tax_year=2026,
            kind="value",
            items={"income": 3_456_789, "dependants": 2},
            answered_at=self.at,
            process_number=row.process_number,
            proof="",
        )
        return relay_section.EnquiryOpened(
            row=row,
            visit_id="v1",
            series="order",
            item="74",
            purpose=self.said("purpose"),
            information=self.said("tax"),
            items=tuple(TAX_ITEMS),
            asked_on=self.at.date(),
            as_of=None,
            consent="unknown",
            trace="019aa3c1f07e",
            digest="47b0fe2291aa6c05d8e1f7b2930d4c58",
            key_id="b81f0a6c22d9e4f1",
            proof="",
            answer=answer,
        )

    def _say_links(self) -> tuple[LinkState, ...]:
        return (LinkState(business_number=self._person(), number_linked=True, code_state="passed_on"),)

    def _say_provided(self) -> OwnProvided:
        return OwnProvided(rows=self._rows(self._own("a", "value"), self._own("b", "withheld")))

    def _own(self, name: str, kind: str) -> OwnProvidedRow:
        return OwnProvidedRow(
            request_id=name,
            information=self.said("tax"),
            tax_year=2026,
            asked_at=self.at - timedelta(days=3, minutes=2),
            provided_at=self.at - timedelta(days=3),
            kind=kind,
        )

    def _say_content(self) -> OwnProvidedContent:
        return OwnProvidedContent(row=self._own("a", "value"), items=dict(TAX_ITEMS))

    def _say_states(self) -> NoticeStates:
        subject = PersonMark(business_number=self._person(), name=self.sample["people"]["name"])

        def notice(state: str, **changed: object) -> NoticeState:
            given: dict[str, Any] = {
                "notice_id": state,
                "subject": subject,
                "title": self.sample["notice"]["title"],
                "state": state,
                "reason": "",
                "accepted_at": self.at - timedelta(days=2),
                "next_at": None,
            }
            return NoticeState(**(given | changed))

        answered = {"opened_at": self.at, "answered_at": self.at, "answer": self.sample["notice"]["choice"]}
        rows = (notice("answered", **answered), notice("no_code", next_at=self.at), notice("unregistered"))
        return NoticeStates(notices=self._rows(*rows))

"""The sample office's providing side: what is held back, marks, receivers of what was wrong, notes."""

from datetime import datetime, timedelta
from typing import Any

from app.ui.shots.exchange_sample import OWNER, TAX_ITEMS, THERE, Sample
from app.wire import exchange_record as record
from app.wire import provision


class ProvidingSample(Sample):
    """Answers of releases and of wrong information."""

    def _release(
        self, number: str, state: str, days: int, may: tuple[str, ...], **changed: object
    ) -> provision.ReleaseRow:
        given: dict[str, Any] = {
            "process_number": number,
            "requester": THERE,
            "task": self.said("task"),
            "purpose": self.said("purpose"),
            "information": self.said("tax"),
            "tax_year": 2026,
            "owner": OWNER,
            "cause": "person",
            "state": state,
            "asked_at": self.at - timedelta(days=1),
            "due_at": self.at + timedelta(days=days, hours=3),
            "days_left": days,
            "needs_two": True,
            "checked_by": "",
            "proposal": "",
            "proposal_reason": "",
            "decided_by": "",
            "reason": "",
            "version": 1,
            "may": may,
        }
        return provision.ReleaseRow(**(given | changed))

    def _checked(self) -> provision.ReleaseRow:
        by = {"checked_by": self._person("clerk"), "proposal": "released", "proposal_reason": "content_confirmed"}
        return self._release("2026111900000017", "checked", 0, ("check", "decide"), **by)

    def _say_releases(self) -> provision.Releases:
        waiting = self._release("2026111900000025", "waiting", 1, ("check",), cause="information")
        late = self._release("2026111900000033", "waiting", 3, (), cause="row", needs_two=False)
        return provision.Releases(rows=self._rows(self._checked(), waiting, late))

    def _say_open_release(self) -> provision.ReleaseView:
        return provision.ReleaseView(
            row=self._checked(),
            person="r",
            kind="value",
            items=dict(TAX_ITEMS),
            asked_items=tuple(TAX_ITEMS),
            replica_version=3,
            digest="9d41c07b2ee5a8f06c3d",
            request_digest="47b0fe2291aa6c05d8e1",
            flags=(self._flag("protected_person", "no_auto_answer", person="r"),),
        )

    def _flag(self, reason: str, kind: str, **changed: object) -> provision.FlagRow:
        given: dict[str, Any] = {
            "flag_id": f"{kind}-{reason}",
            "owner": OWNER,
            "kind": kind,
            "information": "",
            "person": "",
            "reason": reason,
            "set_by": self._person("clerk"),
            "set_at": self.at - timedelta(days=40),
            "is_set": True,
            "version": 1,
            "cleared_by": "",
            "cleared_reason": "",
            "cleared_at": None,
            "may": ("clear",),
        }
        return provision.FlagRow(**(given | changed))

    def _say_flags(self) -> provision.Flags:
        whole = self._flag("content_under_check", "no_auto_answer", information=self.said("tax"), may=())
        gone = {"is_set": False, "cleared_by": self._person("head"), "cleared_reason": "check_done"}
        lifted = self._flag("sensitive", "non_disclosure", person="r", cleared_at=self.at, may=(), **gone)
        return provision.Flags(
            rows=self._rows(self._flag("protected_person", "no_auto_answer", person="r"), whole, lifted)
        )

    def _receiver(self, number: str, *, present: bool, note: str = "") -> record.ReceiverRow:
        return record.ReceiverRow(
            process_number=number,
            requester=THERE,
            task=self.said("task"),
            kind="value",
            replica_version=3 if present else 2,
            told=dict(TAX_ITEMS),
            provided_at=self.at - timedelta(days=12),
            is_present=present,
            note=note,
            note_reason="wrong_value" if note else "",
            noted_at=self.at if note else None,
            received_at=self.at if note == "received" else None,
            acknowledged_at=None,
            cause="",
        )

    def _say_receivers(self) -> record.Receivers:
        rows = (
            self._receiver("2026110800000004", present=False),
            self._receiver("2026110100000009", present=False, note="received"),
            self._receiver("2026111600000002", present=True),
        )
        return record.Receivers(rows=self._rows(*rows), present=3, proof="")

    def _say_notes(self) -> record.ErrorNoteRows:
        def note(state: str, cause: str = "") -> record.ErrorNoteRow:
            return record.ErrorNoteRow(
                note_id=state,
                process_number="2026110100000009",
                receiver=THERE,
                information=self.said("tax"),
                tax_year=2026,
                reason="wrong_value",
                state=state,
                made_by=self._person("head"),
                made_at=self.at - timedelta(days=2),
                received_at=None if state == "noted" else self.at - timedelta(days=1),
                acknowledged_at=self.at if state == "acknowledged" else None,
                next_at=self.at + timedelta(days=1),
                cause=cause,
            )

        rows = (note("noted", "office.unreachable"), note("received"), note("acknowledged"))
        return record.ErrorNoteRows(rows=self._rows(*rows))

    def _say_received_notes(self) -> record.ReceivedNoteRows:
        def note(name: str, at: datetime | None) -> record.ReceivedNoteRow:
            return record.ReceivedNoteRow(
                note_id=name,
                process_number="2026110300000031",
                provider=THERE,
                information=self.said("tax"),
                tax_year=2026,
                reason="wrong_person",
                corrected=at is None,
                made_at=self.at - timedelta(days=1),
                received_at=self.at - timedelta(hours=5),
                acknowledged_at=at,
                acknowledged_by="" if at is None else self._person("examiner"),
                version=1,
            )

        return record.ReceivedNoteRows(rows=self._rows(note("fresh", None), note("known", self.at)))

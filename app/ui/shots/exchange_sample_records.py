"""The sample office's records and its replica, by person and by file."""

from datetime import timedelta
from typing import Any

from app.ui.shots.exchange_sample import TAX_ITEMS, THERE, Sample
from app.wire import exchange_record as record
from app.wire import replica_file


class RecordsSample(Sample):
    """Answers of records and of the replica."""

    def _record(self, side: str, number: str, **changed: object) -> record.RecordRow:
        given: dict[str, Any] = {
            "side": side,
            "process_number": number,
            "partner": THERE,
            "task": self.said("task"),
            "information": self.said("tax"),
            "tax_year": 2026,
            "answer": "value",
            "at": self.at - timedelta(days=9),
            "until": self.at + timedelta(days=2500),
            "hidden": "",
            "marks": (),
            "notes": (),
        }
        return record.RecordRow(**(given | changed))

    def _say_records(self) -> record.Records:
        mark = record.MarkRow(
            kind="correction",
            reason=self.said("asked"),
            text=self.said("correction"),
            by=self._person("head"),
            made_at=self.at,
        )
        wrong = self._record("provided", "2026110800000004", marks=(mark,), notes=("wrong_value",))
        hidden = self._record("provided", "2026110100000009", hidden="rule", information=self.said("house"), tax_year=0)
        return record.Records(rows=self._rows(wrong, hidden), proof="")

    def _say_disclose(self) -> record.DisclosedRecords:
        row = record.DisclosedRow(
            side="provided",
            process_number="2026110800000004",
            partner=THERE,
            task=self.said("task"),
            information=self.said("tax"),
            tax_year=2026,
            answer="value",
            at=self.at - timedelta(days=9),
            corrections=(self.said("correction"),),
            was_wrong=True,
        )
        return record.DisclosedRecords(rows=self._rows(row), hidden=1, proof="")

    def _say_find(self) -> replica_file.FoundReplica:
        def row(year: int, kind: str, file: str, **marks: bool) -> replica_file.ReplicaView:
            return replica_file.ReplicaView(
                information=self.said("tax"),
                tax_year=year,
                kind=kind,
                items=dict(TAX_ITEMS) if kind == "value" else {},
                version=3 if file else 1,
                file_id=file,
                changed_at=self.at - timedelta(days=150),
                no_auto_answer=marks.get("held", False),
                non_disclosure=marks.get("hidden", False),
            )

        rows = (row(2026, "value", self.sample["file"]["id"], held=True), row(2025, "undeclared", ""))
        return replica_file.FoundReplica(person="r", rows=self._rows(*rows), proof="")

    def _file(self, state: str, done: int, rejected: int = 0) -> replica_file.ReplicaFileState:
        """A file in a state."""
        return replica_file.ReplicaFileState(
            file_id=self.sample["file"]["id" if state == "done" else "other"],
            information=self.said("tax"),
            tax_year=2026,
            state=state,
            parts=24,
            next_part=done,
            rows=238_417,
            changed=done * 9_000,
            unchanged=done * 900,
            rejected=rejected,
            begun_at=self.at - timedelta(hours=2),
            changed_at=self.at - timedelta(minutes=4),
        )

    def _say_files(self) -> replica_file.ReplicaFiles:
        return replica_file.ReplicaFiles(files=self._rows(self._file("coming", 7), self._file("done", 24, 12)))

    def _say_rejected(self) -> replica_file.RejectedLines:
        text = self.sample["file"]["row"]
        lines = (("bad_value", 118), ("number_unknown", 4_031), ("said_twice", 20_552))
        rows = tuple(replica_file.RejectedLine(line=at, reason=reason, text=text) for reason, at in lines)
        return replica_file.RejectedLines(file_id="x", rows=self._rows(*rows), is_last=True)

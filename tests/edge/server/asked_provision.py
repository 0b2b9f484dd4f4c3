"""What is asked of the intermediary by staff: messages that whoever has the right is told something else for."""

from collections.abc import Callable, Mapping
from typing import Any

from app.wire import exchange_record as record
from app.wire import provision, replica_file

_OWNER = {"tax": "city_tax", "residence": "residence", "claim": "child_allowance_claim", "move": "move_within_city"}
_INFORMATION = {"tax": "地方税関係情報", "residence": "住民票関係情報"}
_NUMBER = "000000000000019"
"""Nobody's, with a right last digit."""

PROVISION_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/intermediary/v1/releases": lambda _: provision.AskReleases(),
    "/intermediary/v1/flags": lambda about: provision.AskFlags(owner=_OWNER[about]),
    "/intermediary/v1/flag": lambda about: provision.SetFlag(
        owner=_OWNER[about], kind="no_auto_answer", information="", person="", reason="sensitive"
    ),
    "/intermediary/v1/receivers": lambda about: record.FindReceivers(
        owner=_OWNER[about], information=_INFORMATION[about], file_id="none"
    ),
    "/intermediary/v1/notes": lambda about: record.AskErrorNotes(owner=_OWNER[about]),
    "/intermediary/v1/notes/received": lambda about: record.AskReceivedNotes(task=_OWNER[about]),
    "/intermediary/v1/records": lambda about: record.FindRecords(scope=_OWNER[about], person=_NUMBER),
    "/intermediary/v1/records/disclose": lambda _: record.DiscloseRecords(person=_NUMBER, request_number="令8-1"),
    "/intermediary/v1/replica/find": lambda about: replica_file.FindReplica(owner=_OWNER[about], person=_NUMBER),
    "/intermediary/v1/replica/enter": lambda about: replica_file.EnterReplica(
        owner=_OWNER[about],
        person=_NUMBER,
        information=_INFORMATION[about],
        tax_year=0,
        kind="value",
        items={},
        version=0,
    ),
    "/intermediary/v1/replica/files": lambda about: replica_file.AskReplicaFiles(owner=_OWNER[about]),
    "/intermediary/v1/replica/file": lambda about: replica_file.BeginReplicaFile(
        municipality="991007",
        file_id="no such year",
        digest=bytes(32),
        information=_INFORMATION[about],
        tax_year=0,
        columns=("total_income",),
        rows=1,
        parts=1,
    ),
}

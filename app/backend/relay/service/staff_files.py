"""副本のファイル at a counter: parts by 宛名番号 come from a terminal, by who may enter what the file is about."""

from collections.abc import Mapping

from app.backend.relay.service.replica_files import ReplicaFiles
from app.backend.relay.service.steering import OfficeBook
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.rights import named
from app.errors import NotAllowed
from app.wire.replica_file import PutReplicaPart, ReplicaFileState

ENTER = "replica.enter"


class StaffParts:
    """``owners``: information → the business whose it is, by whose name the right must stand."""

    def __init__(self, book: OfficeBook, files: ReplicaFiles, owners: Mapping[str, str]) -> None:
        self._book = book
        self._files = files
        self._owners = owners

    def part(self, call: Call, asked: PutReplicaPart) -> ReplicaFileState:
        """Pass a part on; recorded here with who sent it. Errors: NotAllowed; as ``ReplicaFiles.pass_part``."""
        if asked.municipality != call.municipality or not call.may_anything(ENTER):
            raise NotAllowed
        file = self._files.known(call.municipality, asked.file_id)
        if not named(call.actor, ENTER, self._owners.get(file.information, ""), day=call.day):
            raise NotAllowed
        act = act_of(call, "replica_part.passed", about=asked.file_id, part=asked.number)
        self._book.write(lambda unit: unit.record([act]))
        return self._files.pass_part(asked)

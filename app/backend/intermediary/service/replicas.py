"""副本の登録: takes from the city's own relay what other bodies may be provided with."""

from collections.abc import Sequence

from app.backend.intermediary.ports import IntermediaryBook, IntermediaryUnit, ReplicaRow
from app.domain.act import Act
from app.domain.clock import Clock
from app.errors import AppError, NotAllowed
from app.link.letters import Correspondent, answer_each, municipality_of
from app.wire.letter import Letter
from app.wire.replica import PutReplicas, ReplicasPut


class Replicating:
    """The way in of the replica."""

    def __init__(self, book: IntermediaryBook, post: Correspondent, clock: Clock) -> None:
        self._book = book
        self._post = post
        self._clock = clock

    def put(self, letters: Sequence[Letter]) -> list[Letter | AppError]:
        """Rows of the relay's own municipality; a row of the same person, information and year is replaced."""
        return answer_each(letters, self._put)

    def _put(self, letter: Letter) -> Letter:
        asked = self._post.read(letter, "put-replicas/1", PutReplicas, "relay")
        place = asked.municipality
        if municipality_of(letter) != place or not self._post.serves(f"intermediary@{place}"):
            raise NotAllowed
        rows = [
            ReplicaRow(
                municipality=place,
                addressee_number=one.addressee_number,
                information=one.information,
                tax_year=one.tax_year,
                kind=one.kind,
                items=dict(one.items),
                no_auto_answer=one.no_auto_answer,
            )
            for one in asked.rows
        ]

        def put(unit: IntermediaryUnit) -> None:
            at = self._clock.now()
            unit.replicas.put(rows, at)
            named = ",".join(sorted({one.information for one in rows}))
            what = (("count", len(rows)), ("information", named))
            unit.record([Act("replica.put", at, place, "slice:relay", "", "replica", what=what)])

        self._book.write(put)
        answer = ReplicasPut(municipality=place, count=len(rows))
        return self._post.write(f"intermediary@{place}", "replicas-put/1", answer)

"""One certificate asked about: read, asked for in the order chosen, and every asking is an act of the ledger."""

from collections.abc import Sequence
from typing import Protocol

from app.backend.revocation.ports import RevocationBook
from app.domain.act import Act, act_of
from app.domain.call import Call
from app.domain.clock import Clock
from app.domain.verdict import NotChecked
from app.errors import NotUnderstood
from app.trust.certificate_anchors import CertificateAnchor
from app.trust.revocation import NoStatus, Questioned, Status, read_questioned
from app.wire.revocation import CertificateStatus, CheckCertificate

RIGHT = "person.confirm"
_MOST_VISIT = 64
NOBODY_TO_ASK = NoStatus(NotChecked("revocation_not_arranged"))


class Source(Protocol):
    """Who can be asked. ``name``: as it travels."""

    @property
    def name(self) -> str: ...
    def status(self, questioned: Questioned) -> Status | NoStatus: ...


class Checking:
    """The use case. ``sources``: in the order in which they are asked, until one tells."""

    def __init__(
        self, book: RevocationBook, anchors: Sequence[CertificateAnchor], sources: Sequence[Source], clock: Clock
    ) -> None:
        self._book = book
        self._anchors = tuple(anchors)
        self._sources = tuple(sources)
        self._clock = clock

    def check(self, call: Call, asked: CheckCertificate) -> CertificateStatus:
        """What is known of the certificate now. Neither it nor its number is kept.

        Errors: NotAllowed; NotUnderstood for bytes that are no certificate.
        """
        call.demand(RIGHT)
        if len(asked.visit_id) > _MOST_VISIT:
            raise NotUnderstood(what="visit_id")
        try:
            questioned = read_questioned(asked.certificate, self._anchors, self._clock.now())
        except NotUnderstood as refusal:
            self._record(act_of(call, "certificate.check_refused", visit=asked.visit_id, reason=refusal.code))
            raise
        if isinstance(questioned, NoStatus):
            return self._told(call, asked, "", _message(questioned, ""))
        source, status = self._ask(questioned)
        return self._told(call, asked, questioned.issuer.purpose.value, _message(status, source))

    def _ask(self, questioned: Questioned) -> tuple[str, Status | NoStatus]:
        """The first source that tells; where none does, the one that has at least a time to show, else the first."""
        silent: list[tuple[str, NoStatus]] = []
        for source in self._sources:
            status = source.status(questioned)
            if isinstance(status, Status) or status.is_final:
                return source.name, status
            silent.append((source.name, status))
        silent.append(("", NOBODY_TO_ASK))
        return next((one for one in silent if one[1].as_of is not None), silent[0])

    def _told(self, call: Call, asked: CheckCertificate, purpose: str, status: CertificateStatus) -> CertificateStatus:
        act = act_of(
            call,
            "certificate.checked",
            visit=asked.visit_id,
            as_of="" if status.as_of is None else status.as_of.isoformat(),
            purpose=purpose,
            result=status.state,
            source=status.source,
            why=status.why or status.reason,
        )
        self._record(act)
        return status

    def _record(self, act: Act) -> None:
        self._book.write(lambda unit: unit.record(act))


def _message(status: Status | NoStatus, source: str) -> CertificateStatus:
    if isinstance(status, NoStatus):
        has_time = status.as_of is not None
        return CertificateStatus(
            state="not_checked", why=status.why.reason, source=source if has_time else "", as_of=status.as_of
        )
    state = "revoked" if status.is_revoked else "good"
    return CertificateStatus(state=state, source=source, as_of=status.as_of, since=status.since, reason=status.reason)

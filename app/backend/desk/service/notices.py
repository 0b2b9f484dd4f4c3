"""届出受理通知: a notification by somebody who was not confirmed is told to the notifier, at the address before it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time

from app.backend.desk.ports import Addressee, Addresses, Case, DeskBook, DeskUnit, PostalNotice
from app.backend.desk.service.watched import watched
from app.domain.act import Detail, act_of
from app.domain.call import Call
from app.domain.capacity import Consequence
from app.domain.clock import TOKYO
from app.domain.identity import Regime
from app.domain.procedure import Procedure
from app.domain.rights import ANY, allowed
from app.errors import Conflict, NotAllowed
from app.wire.desk import HandIn
from app.wire.notices import AskNotices, Notice, NoticePosted, Notices, PostNotice

READ, POST = "notice.read", "notice.post"


class PostRoom:
    """What waits for the post, and that it went."""

    def __init__(self, book: DeskBook, procedures: Mapping[str, Procedure]) -> None:
        self._book = book
        self._procedures = procedures

    def waiting(self, call: Call, asked: AskNotices) -> Notices:
        """The notices that this person may read; looking is recorded."""
        readable = [name for name in self._procedures if allowed(call.actor, READ, name, ANY, day=call.day)]
        today = datetime.combine(call.day, time(), TOKYO).astimezone(UTC) if asked.posted else None

        def look(unit: DeskUnit) -> Notices:
            found = unit.notices(call.municipality, readable, today)
            unit.remember(call.actor)
            unit.record(act_of(call, "notices.viewed", entries=len(found)))
            return Notices(entries=tuple(_shown(one) for one in found))

        return self._book.write(look)

    def post(self, call: Call, asked: PostNotice) -> NoticePosted:
        """Keep who gave it to the post and when. Errors: NotAllowed; Conflict when somebody was first."""
        place = ("notice.posted", "", asked.application_id)
        return watched(
            self._book,
            call,
            place,
            lambda unit: unit.once(call, asked, NoticePosted, lambda: self._post(unit, call, asked)),
        )

    @staticmethod
    def _post(unit: DeskUnit, call: Call, asked: PostNotice) -> NoticePosted:
        found = unit.notice(call.municipality, asked.application_id)
        if found is None:
            raise NotAllowed
        call.demand(POST, found.procedure)
        if found.version != asked.version or found.posted_at is not None:
            raise Conflict(version=found.version)
        posted = replace(found, version=found.version + 1, posted_at=call.at, posted_by=call.actor.name)
        unit.post_notice(posted)
        unit.remember(call.actor)
        act = act_of(call, "notice.posted", about=found.application_id, number=found.number)
        return NoticePosted(application_id=found.application_id, version=posted.version, proof=unit.record(act))


def addressee(addresses: Addresses, call: Call, procedure: Procedure, asked: HandIn) -> Addressee | None:
    """Where a notice of this hand-in would go; None where the procedure sends none.

    The register comes first: what somebody states who was not confirmed may be anybody's address.
    """
    if procedure.identity.regime is not Regime.MOVE:
        return None
    applicant = asked.roles.applicant
    found = addresses.registered(call, applicant.business_number) if applicant.business_number else None
    stated = asked.facts.get(procedure.identity.former_address)
    if found is None:
        return Addressee(applicant.name, stated if isinstance(stated, str) else "", from_register=False)
    return replace(found, name=found.name or applicant.name)


def queue_if_due(unit: DeskUnit, call: Call, case: Case, to: Addressee | None) -> None:
    """Queue the notice that the case's evidence calls for; a case gets one, however often it is handed in."""
    if to is None or case.content.consequence != Consequence.NOTICE_BY_POST:
        return
    notice = PostalNotice(
        municipality=case.municipality,
        application_id=case.application_id,
        procedure=case.procedure,
        number=case.number,
        receipt_date=case.receipt_date,
        to=to,
        queued_at=call.at,
    )
    if unit.queue_notice(notice):
        what: dict[str, Detail] = {"number": case.number, "from_register": to.from_register}
        unit.record(act_of(call, "notice.queued", visit=case.visit_id, about=case.application_id, **what))


def _shown(notice: PostalNotice) -> Notice:
    return Notice(
        application_id=notice.application_id,
        procedure=notice.procedure,
        number=notice.number,
        receipt_date=notice.receipt_date,
        name=notice.to.name,
        address=notice.to.address,
        from_register=notice.to.from_register,
        queued_at=notice.queued_at,
        version=notice.version,
        posted_at=notice.posted_at,
        posted_by=notice.posted_by,
    )

"""名寄せ: two parties become one when somebody else agrees; both histories stay, and it can be undone the same way."""

from dataclasses import replace

from app.backend.socialaddress.ports import SocialBook, SocialUnit
from app.backend.socialaddress.ports.records import (
    ACTIVE,
    ALIKE,
    DONE,
    MERGED,
    PROPOSED,
    TURNED_DOWN,
    UNDOING,
    UNDONE,
    Merge,
    Party,
    PartyKind,
    Step,
)
from app.backend.socialaddress.service import guard
from app.backend.socialaddress.service.alike import may_be_one
from app.backend.socialaddress.service.entering import link_of
from app.backend.socialaddress.service.terms import signs_of, terms_of
from app.domain.act import act_of
from app.domain.call import Call
from app.domain.names import NameFolder
from app.domain.social_rules import SocialRules
from app.errors import Conflict, NotAllowed, NotUnderstood, Refused
from app.wire.social_address_link import LinkSocialNumber
from app.wire.social_address_merge import AskMerges, DecideMerge, MergeRow, Merges, MergeStep, ProposeMerge

MOST = 100
WAITING, DECIDED = (ALIKE, PROPOSED, UNDOING), (DONE, TURNED_DOWN, UNDONE)
APPROVED = "approved"


class MergeService:
    """The use cases of merging."""

    def __init__(self, book: SocialBook, rules: SocialRules, folder: NameFolder) -> None:
        self._book = book
        self._rules = rules
        self._folder = folder

    def merges(self, call: Call, asked: AskMerges) -> Merges:
        """What waits for somebody, or what was decided. Errors: NotAllowed."""
        guard.demand(call, guard.MERGE, self._rules.demand_purpose(asked.purpose))

        def look(unit: SocialUnit) -> Merges:
            found = unit.merges.in_states(call.municipality, DECIDED if asked.decided else WAITING, MOST + 1)
            rows = tuple(self._row(unit, call, asked.purpose, one) for one in found[:MOST])
            unit.record([act_of(call, "social.merges_listed", purpose=asked.purpose, hits=len(rows))])
            return Merges(rows=rows, more=len(found) > MOST)

        return self._book.write(look)

    def propose(self, call: Call, asked: ProposeMerge) -> MergeRow:
        """Ask that two become one, or (``undo``) two again.

        Errors: NotAllowed; Refused ``entry_reason_missing``, ``not_one`` (they can't be), ``numbers_differ``,
        ``merge_waiting``, ``merge_wrong_state``.
        """
        guard.demand(call, guard.MERGE, self._rules.demand_purpose(asked.purpose))

        def work(unit: SocialUnit) -> MergeRow:
            party, into = self._pair(unit, call.municipality, asked.party, asked.into)
            merge_id, known = unit.merges.of_pair(call.municipality, party.social_number, into.social_number)
            state = known.state if known else ALIKE
            if state in {PROPOSED, UNDOING}:
                raise Refused("merge_waiting")
            if asked.undo != (state == DONE):
                raise Refused("merge_wrong_state")
            if not asked.undo:
                self._demand_may(party, into)
            step = Step(UNDOING if asked.undo else PROPOSED, call.actor.staff_id, call.at, asked.reason.strip())
            signs = signs_of(party, into, self._folder)
            pair = (party.social_number, into.social_number)
            blank = Merge(call.municipality, merge_id, *pair, state, signs, (), version=0)
            return self._kept(unit, call, asked.purpose, _stepped(known or blank, step.state, step))

        with guard.refusals_kept(self._book, call, "social.merge_propose", asked.party):
            guard.demand_text(asked.reason)
            return self._book.write(lambda unit: unit.once(call, asked, MergeRow, lambda: work(unit)))

    def decide(self, call: Call, asked: DecideMerge) -> MergeRow:
        """Agree to what somebody else proposed, or turn it down (with a reason).

        Errors: NotAllowed; Conflict; Refused ``merge_own_proposal``, ``merge_settled``, as for a proposal.
        """
        guard.demand(call, guard.DECIDE, self._rules.demand_purpose(asked.purpose))
        if asked.outcome not in {APPROVED, TURNED_DOWN}:
            raise NotUnderstood(what="outcome")

        def work(unit: SocialUnit) -> MergeRow:
            merge = self._waiting(unit, call, asked)
            if asked.outcome == TURNED_DOWN:
                guard.demand_text(asked.reason)
                state = DONE if merge.state == UNDOING else TURNED_DOWN
                step = Step(TURNED_DOWN, call.actor.staff_id, call.at, asked.reason.strip())
                return self._kept(unit, call, asked.purpose, _stepped(merge, state, step))
            state = UNDONE if merge.state == UNDOING else DONE
            (self._undo if merge.state == UNDOING else self._merge)(unit, call, merge)
            step = Step(state, call.actor.staff_id, call.at, asked.reason.strip())
            return self._kept(unit, call, asked.purpose, _stepped(merge, state, step))

        with guard.refusals_kept(self._book, call, "social.merge_decide", asked.merge_id):
            return self._book.write(lambda unit: unit.once(call, asked, MergeRow, lambda: work(unit)))

    def _waiting(self, unit: SocialUnit, call: Call, asked: DecideMerge) -> Merge:
        merge = unit.merges.one(call.municipality, asked.merge_id)
        if merge is None:
            raise NotAllowed
        if merge.version != asked.version:
            raise Conflict(version=merge.version)
        is_found = merge.state == ALIKE and asked.outcome == TURNED_DOWN
        if merge.state not in {PROPOSED, UNDOING} and not is_found:
            raise Refused("merge_settled")
        if merge.proposed_by == call.actor.staff_id and not is_found:
            raise Refused("merge_own_proposal")
        return merge

    def _merge(self, unit: SocialUnit, call: Call, merge: Merge) -> None:
        party, into = self._pair(unit, merge.municipality, merge.party, merge.into)
        self._demand_may(party, into)
        made = replace(
            party,
            state=MERGED,
            merged_into=into.social_number,
            version=party.version + 1,
            cause="merged",
            by=call.actor.staff_id,
            at=call.at,
        )
        unit.parties.put(made, terms_of(made, self._folder))
        if party.protected_by and not into.protected_by:
            hidden = replace(
                into,
                protected_by=party.protected_by,
                version=into.version + 1,
                cause="protected",
                by=call.actor.staff_id,
                at=call.at,
            )
            unit.parties.put(hidden, terms_of(hidden, self._folder))
        if made.kind != PartyKind.CORPORATION:
            same = LinkSocialNumber(
                social_number=party.social_number, with_number=into.business_number or into.social_number
            )
            unit.outgoing.put(link_of(party.municipality, same, made.version), call.at)

    def _undo(self, unit: SocialUnit, call: Call, merge: Merge) -> None:
        party, _ = self._pair(unit, merge.municipality, merge.party, merge.into)
        made = replace(
            party,
            state=ACTIVE,
            merged_into="",
            version=party.version + 1,
            cause="unmerged",
            by=call.actor.staff_id,
            at=call.at,
        )
        unit.parties.put(made, terms_of(made, self._folder))
        if made.kind != PartyKind.CORPORATION and not made.number_token:
            alone = LinkSocialNumber(social_number=party.social_number, unlink=True)
            unit.outgoing.put(link_of(party.municipality, alone, made.version), call.at)

    def _pair(self, unit: SocialUnit, municipality: str, party: str, into: str) -> tuple[Party, Party]:
        found = unit.parties.many(municipality, [party, into])
        if party not in found or into not in found:
            raise NotAllowed
        return found[party], found[into]

    def _demand_may(self, party: Party, into: Party) -> None:
        is_same = party.social_number == into.social_number
        if is_same or party.kind == PartyKind.RESIDENT or not may_be_one(party, into):
            raise Refused("not_one")
        if party.number_token and into.number_token and party.number_token != into.number_token:
            raise Refused("numbers_differ")

    def _kept(self, unit: SocialUnit, call: Call, purpose: str, merge: Merge) -> MergeRow:
        unit.merges.put(merge, call.at)
        what = {"purpose": purpose, "state": merge.steps[-1].state, "into": merge.into, "merge": merge.merge_id}
        unit.record([act_of(call, "social.merge_stepped", about=merge.party, **what)])
        return self._row(unit, call, purpose, merge)

    def _row(self, unit: SocialUnit, call: Call, purpose: str, merge: Merge) -> MergeRow:
        found = unit.parties.many(merge.municipality, [merge.party, merge.into])
        steps = tuple(MergeStep(state=one.state, by=one.by, at=one.at, reason=one.reason) for one in merge.steps)
        return MergeRow(
            merge_id=merge.merge_id,
            state=merge.state,
            party=merge.party,
            into=merge.into,
            party_name=found[merge.party].name,
            into_name=found[merge.into].name,
            signs=merge.signs,
            steps=steps,
            may=_may(call, purpose, merge),
            version=merge.version,
        )


def _stepped(merge: Merge, state: str, step: Step) -> Merge:
    return replace(merge, state=state, steps=(*merge.steps, step), version=merge.version + 1)


def _may(call: Call, purpose: str, merge: Merge) -> tuple[str, ...]:
    found = []
    if merge.state in {ALIKE, TURNED_DOWN, UNDONE, DONE} and guard.may(call, guard.MERGE, purpose):
        found.append("undo" if merge.state == DONE else "propose")
    is_other = merge.proposed_by != call.actor.staff_id or merge.state == ALIKE
    if merge.state in {ALIKE, PROPOSED, UNDOING} and is_other and guard.may(call, guard.DECIDE, purpose):
        found.append("turn_down" if merge.state == ALIKE else "decide")
    return tuple(found)

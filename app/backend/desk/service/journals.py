"""A terminal's journal is taken over: only what continues it unbroken, under the key that it always had."""

from collections.abc import Sequence
from dataclasses import replace

from app.backend.desk.ports import DeskBook, DeskUnit, KeptAct, TerminalJournal
from app.backend.desk.service.watched import watched
from app.domain.act import Act, Detail, act_of
from app.domain.call import Call
from app.domain.time_band import is_off
from app.errors import LedgerError, NotUnderstood, Refused, WrongKey
from app.trust.act_record import act_of_record
from app.trust.checkpoint import Checkpoint, log_key, open_checkpoint, origin_of, read_checkpoint
from app.trust.guardianship import GuardianLists, no_guardians
from app.trust.merkle import Tree, grow, leaf_hash
from app.trust.note import parse_note
from app.trust.receipt import parse_receipt
from app.trust.record import Record, decode_record, entry_of
from app.trust.restored import RESTORED, kept_in
from app.trust.sign import VerifyKey
from app.wire.desk import AskRestorations, JournalKept, JournalRecord, Restoration, Restorations, SyncJournal


class Journals:
    """Keeps the terminals' records."""

    def __init__(self, book: DeskBook, guardians: GuardianLists = no_guardians) -> None:
        self._book = book
        self._guardians = guardians

    def keep(self, call: Call, asked: SyncJournal) -> JournalKept:
        """Take over what is new. What is refused stays refused until the two agree again; each refusal is recorded.

        Errors: NotAllowed; Conflict when another call was first; Refused ``journal_gap`` (with ``size``),
        ``journal_rolled_back`` (with ``size``), ``journal_rewritten``, ``journal_signature``, ``journal_other_key``,
        ``journal_foreign``.
        """
        call.demand("journal.write")
        place = ("journal.sync", "", call.actor.terminal)
        return watched(
            self._book,
            call,
            place,
            lambda unit: unit.once(call, asked, JournalKept, lambda: self._keep(unit, call, asked)),
        )

    def restorations(self, call: Call, _: AskRestorations) -> Restorations:
        """The restores that the desk declares of its log, each with the proof that it only grew since.

        Errors: NotAllowed.
        """
        call.demand("journal.write")

        def work(unit: DeskUnit) -> Restorations:
            known = unit.journal(call.municipality, call.actor.terminal)
            size = 0 if known is None else known.tree.size
            act = act_of(call, "journal.synced", about=call.actor.terminal, first=size, size=size)
            note = parse_receipt(unit.record(act).encode()).checkpoint
            statements = _statements(unit, call.municipality)
            said = tuple(
                Restoration(
                    statement=one, consistency=_grown(unit, call.municipality, kept_in(one.encode()).size, note)
                )
                for one in statements
            )
            lists = tuple(self._guardians())
            return Restorations(size=size, checkpoint=note.decode(), restorations=said, guardians=lists)

        return self._book.write(work)

    def reenrol(self, act: Act) -> int:
        """Terminal ``act.about`` has lost its keys: its journal is closed and kept, the next key to come is its own.

        Gives how many records are closed; 0 where there was no journal, then nothing is recorded.
        """

        def close(unit: DeskUnit) -> int:
            known = unit.journal(act.municipality, act.about)
            if known is None or not known.public_key:
                return 0
            unit.close_journal(known, act.at)
            unit.record(replace(act, what=(("size", known.tree.size),)))
            return known.tree.size

        return self._book.write(close)

    @staticmethod
    def _begun(unit: DeskUnit, known: TerminalJournal, public_key: bytes) -> TerminalJournal:
        """A journal that is begun anew; a key that was given up does not come back."""
        if public_key in unit.closed_keys(known.municipality, known.terminal):
            raise Refused("journal_other_key")
        return replace(known, public_key=public_key)

    def _keep(self, unit: DeskUnit, call: Call, asked: SyncJournal) -> JournalKept:
        log = f"terminal.{call.actor.terminal}"
        known = unit.journal(call.municipality, call.actor.terminal)
        if known is None:
            known = TerminalJournal(call.municipality, call.actor.terminal, Tree(), asked.public_key, "", 0)
        if not known.public_key:
            known = self._begun(unit, known, asked.public_key)
        if asked.public_key != known.public_key:
            raise Refused("journal_other_key")
        checkpoint = _signed(asked, origin_of(log, call.municipality))
        acts = [_act(one, log, call.municipality) for one in asked.records]
        fresh = _continues(unit, known, asked, acts)
        tree = grow(known.tree, [leaf_hash(act.entry) for act in fresh]).tree
        _agree(checkpoint, known, tree)
        unit.remember(call.actor)
        begun_at = known.begun_at or call.at
        unit.keep_journal(replace(known, tree=tree, checkpoint=asked.checkpoint, begun_at=begun_at), fresh)
        off = sum(is_off(act.at, act.band, call.at) for act in fresh)
        told: dict[str, Detail] = {"clock_off": off} if off else {}
        named = act_of(call, "journal.synced", about=call.actor.terminal, first=known.tree.size, size=tree.size)
        act = replace(named, what=(*named.what, *told.items()))
        note = parse_receipt(unit.record(act).encode()).checkpoint
        return JournalKept(
            size=tree.size,
            checkpoint=note.decode(),
            consistency=_grown(unit, call.municipality, asked.seen, note),
            restorations=len(_statements(unit, call.municipality)),
        )


def _statements(unit: DeskUnit, municipality: str) -> list[str]:
    """What the desk's log says of restores of itself."""
    acts = unit.own_acts(municipality, RESTORED)
    return [str(act.detail().get("statement", "")) for act in acts if act.kind == RESTORED]


def _grown(unit: DeskUnit, municipality: str, seen: int, note: bytes) -> tuple[bytes, ...]:
    """The proof that our log only grew since ``seen``; none when it is smaller: the terminal then sees it itself."""
    size = read_checkpoint(parse_note(note)).size
    return unit.grown(municipality, seen, size) if 0 < seen <= size else ()


def _signed(asked: SyncJournal, origin: str) -> Checkpoint:
    """The checkpoint, once the terminal's signature is proved."""
    try:
        return open_checkpoint(asked.checkpoint.encode(), log_key(origin, VerifyKey(asked.public_key)))
    except WrongKey as error:
        raise NotUnderstood(what="public_key") from error
    except LedgerError as error:
        raise Refused("journal_signature", kind=str(error.data["kind"])) from error


def _act(one: JournalRecord, log: str, municipality: str) -> KeptAct:
    """A record as it is kept. It must be of this terminal and municipality."""
    try:
        record: Record = decode_record(one.record)
        act_of_record(record)
        entry = entry_of(one.salt, one.record)
    except LedgerError as error:
        raise NotUnderstood(what="record") from error
    if (record.log, record.municipality, f"terminal.{record.terminal}") != (log, municipality, log):
        raise Refused("journal_foreign", index=one.index)
    return KeptAct(one.index, entry, one.salt, one.record, record.case, record.at, record.band)


def _continues(
    unit: DeskUnit, known: TerminalJournal, asked: SyncJournal, acts: Sequence[KeptAct]
) -> tuple[KeptAct, ...]:
    """The acts that are new; those that are known must be what they were."""
    size = known.tree.size
    numbered = all(act.position == place for place, act in enumerate(acts, asked.first))
    if asked.first > size or asked.first < 0 or not numbered:
        raise Refused("journal_gap", size=size)
    overlap = min(size - asked.first, len(acts))
    kept = unit.entries(known, asked.first, overlap)
    for act, entry in zip(acts[:overlap], kept, strict=True):
        if act.entry != entry:
            raise Refused("journal_rewritten", index=act.position)
    return tuple(acts[overlap:])


def _agree(checkpoint: Checkpoint, known: TerminalJournal, tree: Tree) -> None:
    """The signed size and root must be those of the tree that the records make."""
    if checkpoint.size < known.tree.size:
        raise Refused("journal_rolled_back", size=known.tree.size)
    if checkpoint.size != tree.size:
        raise Refused("journal_gap", size=known.tree.size)
    if checkpoint.root != tree.root:
        raise Refused("journal_rewritten", index=known.tree.size)

"""What lies on the readers during a visit: which card is meant, its attempts left, whether it keeps its place."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.errors import (
    AppError,
    BadCardData,
    CardBusy,
    CardRefused,
    NoCard,
    NoReader,
    NotThisCard,
    ServiceDown,
    WhichReader,
)
from app.services.card_port import Blocked, Insertion, KeyState, ReaderSeen, ReadersSeen, Tries, TriesLeft
from app.ui.flows.visit_acts import VisitActs, VisitLanes
from app.ui.flows.visit_state import Errands
from app.ui.kit import Kit
from app.ui.widgets.chip import Kind
from app.ui.widgets.reader_state import ReaderState

RESTLESS_S = 4.0
"""A card that goes twice within this time lies badly; the clerk is told to put it in the middle. Assumed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the readers stand, in words. ``choices``: readers with cards where several lie; ``chosen``: "" for none."""

    text: str
    kind: Kind
    advice: str = ""
    choices: tuple[str, ...] = ()
    chosen: str = ""


class CardWatch(QObject):
    """Told of every change on the readers from its making to ``close``; it shows something only within a visit.

    ``stood`` carries a ``Standing``; ``moved`` the ``Insertion`` that is meant now, None for none; ``counted`` its
    ``KeyState``, None while that is not known; ``asking``: it is being asked.
    """

    stood = Signal(object)
    moved = Signal(object)
    counted = Signal(object)
    asking = Signal()
    _changed = Signal(object)

    def __init__(self, kit: Kit, parent: QObject, lanes: VisitLanes, acts: VisitActs) -> None:
        super().__init__(parent)
        self._kit, self._words, self._lanes, self._acts = kit, kit.texts.cards, lanes, acts
        self._errands = Errands(self)
        self._is_on = False
        self._at: Insertion | None = None
        self._chosen = ""
        self._state: KeyState | None = None
        self._trouble: AppError | None = None
        self._kind = ""
        self._gone: deque[float] = deque(maxlen=2)
        self._distrusted: set[str] = set()
        self._unwatch = acts.readers.watch(self._changed.emit)
        self._changed.connect(self._on_seen, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """A visit has begun."""
        self.end()
        self._is_on = True
        self.look()

    def end(self) -> None:
        """The visit is over: nothing is known of any card."""
        self._errands.drop()
        self._is_on = False
        self._at, self._chosen, self._state, self._trouble, self._kind = None, "", None, None, ""
        self._gone.clear()
        self._distrusted.clear()

    def close(self) -> None:
        """The program ends."""
        self._unwatch()

    def at(self) -> Insertion | None:
        """The card that is meant: the only one, or the one chosen among several; never the first."""
        cards = self._acts.readers.seen().cards
        if len(cards) == 1:
            return cards[0]
        return next((one for one in cards if one.reader == self._chosen), None)

    def why_none(self) -> AppError:
        """Why ``at`` gives none."""
        seen = self._acts.readers.seen()
        if not seen.service_runs:
            return ServiceDown()
        if not seen.readers:
            return NoReader()
        if seen.cards:
            return WhichReader(names=self._words.between.join(card.reader for card in seen.cards))
        return NoCard()

    def has_pad(self, at: Insertion) -> bool:
        """Whether a PIN for this card is typed on the reader's own pad; not where that has failed in this visit."""
        readers = self._acts.readers.seen().readers
        return at.reader not in self._distrusted and any(one.pin_pad and one.name == at.reader for one in readers)

    def distrust_pad(self) -> None:
        """The pad of the reader in use has failed: for the rest of the visit PINs are entered on the screen."""
        if self._at is not None:
            self._distrusted.add(self._at.reader)

    def state(self) -> KeyState | None:
        """The counters of the card that is meant, as last asked."""
        return self._state

    def choose(self, reader: str) -> None:
        """Of several cards, the one on that reader is meant."""
        self._chosen = reader
        self.look()

    def look(self) -> None:
        """Say again how the readers stand, as to a screen that has just been opened."""
        self._on_seen(self._acts.readers.seen())

    def count(self) -> None:
        """Ask the card's counters anew, as after a code was given."""
        at = self._at
        if self._is_on and at is not None:
            work = partial(self._acts.read_card.tries, at)
            self._errands.run(self._lanes.reader, work, self._on_counted, partial(self._on_not_counted, at))

    @Slot(object)
    def _on_seen(self, seen: ReadersSeen) -> None:
        if not self._is_on:
            return
        at = self.at()
        if at != self._at:
            if self._at is not None:
                self._gone.append(self._kit.clock.monotonic())
            self._at, self._state, self._trouble, self._kind = at, None, None, ""
            self.moved.emit(at)
            self.counted.emit(None)
            if at is not None:
                self.asking.emit()
            self.count()
        self.stood.emit(self._standing(seen))

    def _on_counted(self, state: KeyState) -> None:
        if state.insertion == self._at:
            self._state, self._trouble = state, None
            self.counted.emit(state)
            self.stood.emit(self._standing(self._acts.readers.seen()))

    def _on_not_counted(self, at: Insertion, error: AppError) -> None:
        if at != self._at:
            return
        self._trouble = error
        self.counted.emit(None)
        self.stood.emit(self._standing(self._acts.readers.seen()))
        if isinstance(error, NotThisCard):
            recognise = partial(_kind_of, self._acts, at)
            self._errands.run(self._lanes.reader, recognise, partial(self._on_recognised, at), lambda _: None)

    def _on_recognised(self, at: Insertion, kind: str) -> None:
        if at == self._at:
            self._kind = kind
            self.stood.emit(self._standing(self._acts.readers.seen()))

    def _standing(self, seen: ReadersSeen) -> Standing:
        words = self._words
        if not seen.service_runs:
            return Standing(words.service_down, "error", words.service_down_next)
        if not seen.readers:
            return Standing(words.no_reader, "warning", words.no_reader_next)
        if seen.cards:
            return self._of_cards(seen)
        if any(reader.mute for reader in seen.readers):
            return Standing(words.mute, "warning", words.mute_next)
        return Standing(words.none, "information", self._restless())

    def _of_cards(self, seen: ReadersSeen) -> Standing:
        names = tuple(card.reader for card in seen.cards)
        if len(names) == 1:
            return self._of_card(seen, names[0], ())
        if self._chosen in names:
            return self._of_card(seen, self._chosen, names)
        return Standing(self._words.several, "warning", self._words.several_next, names)

    def _of_card(self, seen: ReadersSeen, name: str, names: tuple[str, ...]) -> Standing:
        words = self._words
        reader = next((one for one in seen.readers if one.name == name), ReaderSeen(name))
        chosen = name if names else ""
        if reader.mute:
            return Standing(words.mute, "warning", words.mute_next, names, chosen)
        if self._kind:
            what = words.other_lies(self._kit.messages.word("card_kind", self._kind))
            return Standing(what, "information", words.other_next, names, chosen)
        if isinstance(self._trouble, NotThisCard):
            return Standing(words.unknown, "warning", words.unknown_next, names, chosen)
        if isinstance(self._trouble, CardBusy):
            return Standing(words.busy, "warning", words.busy_next, names, chosen)
        return Standing(words.lies(_short(name)), "success", self._restless(), names, chosen)

    def _restless(self) -> str:
        """The advice for a card that went twice within a short time."""
        now = self._kit.clock.monotonic()
        went = [one for one in self._gone if now - one <= RESTLESS_S]
        return self._words.middle if len(went) > 1 else ""


def _kind_of(acts: VisitActs, at: Insertion) -> str:
    """What a card is that has no text of a My Number card: licence, residence, token (a phone), "" for unknown."""
    asked: tuple[tuple[str, Callable[[], object]], ...] = (
        ("licence", lambda: acts.read_licence.state(at)),
        ("residence", lambda: acts.read_residence.kind(at)),
        ("token", lambda: acts.prove_holder.tries(at)),
    )
    for kind, ask in asked:
        try:
            ask()
        except (NotThisCard, CardRefused, BadCardData):
            continue
        return kind
    return ""


def _short(reader: str) -> str:
    """A reader's name without the slot and index that the service puts behind it, cut where it is long."""
    name = _SLOT.sub("", reader)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


_SLOT = re.compile(r"( \([^)]*\)| [0-9A-F]{2} [0-9A-F]{2})+$")
_LONGEST = 26


def show_standing(state: ReaderState, standing: Standing) -> None:
    """Show on a screen how the readers stand."""
    state.show_state(standing.text, standing.kind, standing.advice)
    state.show_choices(standing.choices, standing.chosen)


def tries_words(kit: Kit, name: str, tries: Tries | None) -> tuple[str, Kind]:
    """How many attempts a code has left, in words; ``tries`` None: not known."""
    words = kit.texts.cards
    match tries:
        case TriesLeft(left):
            return words.tries(name, left), "warning" if left <= FEW else "quiet"
        case Blocked():
            return words.tries_blocked(name), "error"
        case _:
            return words.tries_unknown(name), "quiet"


FEW = 2
"""So many attempts left are shown as a warning."""

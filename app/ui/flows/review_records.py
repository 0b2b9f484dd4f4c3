"""応対の記録: the acts of one visit in words, by whom and where."""

from collections.abc import Sequence

from app.domain.clock import TOKYO
from app.domain.era import wareki_short
from app.ui.flows.review_acts import ReviewBooks
from app.ui.kit import Kit
from app.ui.screens.timeline import Deed
from app.ui.widgets.chip import Kind
from app.ui.widgets.timeline import Happening
from app.wire.desk import Timeline, TimelineEntry

_REFUSED = (".refused", "_refused")


class RecordReader:
    """Makes what the screen shows of a timeline; an act without a sentence is shown by its code."""

    def __init__(self, kit: Kit, books: ReviewBooks) -> None:
        self._kit, self._books = kit, books

    def deeds(self, timeline: Timeline) -> tuple[Deed, ...]:
        """In order of time."""
        return tuple(Deed(one.staff_id, self._happening(one)) for one in timeline.entries)

    def people(self, entries: Sequence[TimelineEntry]) -> tuple[tuple[str, str], ...]:
        """Who did something, each once, in the order of the first deed."""
        return tuple({one.staff_id: one.name or one.staff_id for one in entries}.items())

    def lead(self, entries: Sequence[TimelineEntry]) -> str:
        """How much, by how many, from when to when."""
        words = self._kit.texts.records
        if not entries:
            return words.nothing
        first, last = (one.at.astimezone(TOKYO) for one in (entries[0], entries[-1]))
        day, end = wareki_short(first.date()), wareki_short(last.date())
        span = f"{day} {first:%H:%M}–{last:%H:%M}" if day == end else f"{day}–{end}"
        return words.lead(len(entries), len(self.people(entries)), span)

    def _happening(self, one: TimelineEntry) -> Happening:
        words = self._kit.texts.records
        place = words.at_desk if one.source == "desk" else words.at_terminal(one.terminal)
        title, kind = self._title(one.act)
        return Happening(
            time=f"{one.at.astimezone(TOKYO):%H:%M:%S}",
            who=one.name or one.staff_id,
            title=title,
            detail="　".join((place, *self._items(one))),
            kind=kind,
        )

    def _title(self, act: str) -> tuple[str, Kind]:
        words, word = self._kit.texts.records, self._kit.messages.word
        known = dict(self._kit.messages.words("act"))
        for ending in _REFUSED:
            if act.endswith(ending) and act not in known:
                return words.refused(word("act", act.removesuffix(ending))), "warning"
        return word("act", act), "warning" if act.endswith(_REFUSED) else "information"

    def _items(self, one: TimelineEntry) -> list[str]:
        words = self._kit.texts.records
        known = dict(self._kit.messages.words("act_item"))
        return [
            words.item(label, self._value(name, str(one.what[name])))
            for name, label in known.items()
            if one.what.get(name) not in {None, ""}
        ]

    def _value(self, name: str, value: str) -> str:
        if name == "document":
            return "　".join(self._books.documents_of(value))
        return self._kit.messages.word("act_value", value)

"""A change in words: each thing as it stands now beside what it is to become, what differs first."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.era import wareki_short
from app.ui.kit import Kit
from app.ui.screens.admin_difference import ChangeLine
from app.wire.staff import RightRow
from app.wire.staff_change import (
    AnyChange,
    BundleChange,
    DepartmentChange,
    PartChange,
    PersonChange,
    PostRow,
    PostsChange,
    RightsChange,
    Roster,
    ScheduleChange,
    TerminalChange,
    Transfer,
)

_NOTHING = "―"


class ChangeReader:
    """Makes the lines of a change. ``roster``: how everything stands; ``names``: where names are looked for.

    ``procedures``: id → short title.
    """

    def __init__(
        self, kit: Kit, roster: Roster, names: Roster | None = None, procedures: Mapping[str, str] | None = None
    ) -> None:
        self._kit, self._words, self._procedures = kit, kit.texts.admin_change, procedures or {}
        self._names = {one.staff_id: one.name for one in (names or roster).people}
        self._people = {one.staff_id: one for one in roster.people}
        self._departments = {one.department: one for one in roster.departments}
        self._terminals = {one.terminal: one for one in roster.terminals}

    def name(self, staff_id: str) -> str:
        """Number and name, the number alone for somebody who is not known yet."""
        known = self._names.get(staff_id)
        return self._words.person(staff_id, known) if known else staff_id

    def about(self, change: AnyChange) -> str:
        """Whom or what it is about."""
        match change:
            case PersonChange() | PostsChange() | RightsChange():
                return self.name(change.staff_id)
            case DepartmentChange():
                return change.department
            case TerminalChange():
                return change.terminal
            case ScheduleChange():
                return self._words.transfers(len(change.transfers))
            case BundleChange():
                self._names |= {one.staff_id: one.name for one in change.parts if isinstance(one, PersonChange)}
                first = self.about(change.parts[0])
                return self._words.bundle(first, len(change.parts)) if len(change.parts) > 1 else first

    def lines(self, change: AnyChange) -> tuple[ChangeLine, ...]:
        """What differs first."""
        return tuple(sorted(self._lines(change), key=lambda line: line.before == line.after))

    def _lines(self, change: AnyChange) -> list[ChangeLine]:
        match change:
            case ScheduleChange():
                return [line for one in change.transfers for line in self._transfer(one)]
            case BundleChange():
                return [line for part in change.parts for line in self._part(part)]
            case _:
                return self._of_part(change)

    def _of_part(self, change: PartChange) -> list[ChangeLine]:
        match change:
            case PersonChange():
                return self._person(change)
            case PostsChange():
                known = self._people.get(change.staff_id)
                now = map(self.post, known.posts if known else ())
                return self._sets(self._words.post, now, map(self.post, change.posts))
            case RightsChange():
                known = self._people.get(change.staff_id)
                return self._rights(known.rights if known else (), change.rights)
            case DepartmentChange():
                return self._department(change)
            case TerminalChange():
                return self._terminal(change)

    def item(self, part: PartChange, line: ChangeLine) -> str:
        """What a line is about when it stands among those of other changes."""
        return self._words.part(self.about(part), line.item)

    def _part(self, part: PartChange) -> list[ChangeLine]:
        """The lines of one among several changes say whom they are about; what stays is left out."""
        changed = (line for line in self.lines(part) if line.before != line.after)
        return [ChangeLine(self.item(part, line), line.before, line.after) for line in changed]

    def _person(self, change: PersonChange) -> list[ChangeLine]:
        words, known = self._words, self._people.get(change.staff_id)
        now = (known.name, known.office, self._active(active=known.active)) if known else (_NOTHING,) * 3
        wished = (change.name, change.office, self._active(active=change.active))
        labels = (words.name, words.office, words.active)
        return [ChangeLine(*each) for each in zip(labels, now, wished, strict=True)]

    def _department(self, change: DepartmentChange) -> list[ChangeLine]:
        known = self._departments.get(change.department)
        found = self._sets(self._words.section, known.sections if known else (), change.sections)
        return found + self._rights(known.rights if known else (), change.rights)

    def _terminal(self, change: TerminalChange) -> list[ChangeLine]:
        words, known = self._words, self._terminals.get(change.terminal)
        wished = (
            change.window,
            self._state(revoked=change.revoked),
            change.certificate or words.first_certificate,
            words.hidden if change.display_hidden else words.not_hidden,
        )
        now = (_NOTHING,) * 4
        if known is not None:
            now = (
                known.window,
                self._state(revoked=known.revoked_at is not None),
                known.certificate or words.first_certificate,
                words.hidden if known.display_checked_by else words.not_hidden,
            )
        labels = (words.window, words.terminal_state, words.certificate, words.display)
        return [ChangeLine(*each) for each in zip(labels, now, wished, strict=True)]

    def _transfer(self, one: Transfer) -> list[ChangeLine]:
        words = self._words
        wished = PostRow(department=one.department, since=one.on, until=one.until)
        after = self.post(wished) if one.department else words.leaves(self._day(one.on))
        lines = [ChangeLine(self.name(one.staff_id), one.leaves or _NOTHING, after)]
        return lines + [ChangeLine(words.right, _NOTHING, self.right(right)) for right in one.rights]

    def _rights(self, now: Iterable[RightRow], wished: Iterable[RightRow]) -> list[ChangeLine]:
        return self._sets(self._words.right, map(self.right, now), map(self.right, wished))

    def _sets(self, label: str, now: Iterable[str], wished: Iterable[str]) -> list[ChangeLine]:
        had, has = tuple(now), tuple(wished)
        return [
            ChangeLine(label, one if one in had else _NOTHING, one if one in has else _NOTHING)
            for one in dict.fromkeys((*had, *has))
        ]

    def post(self, post: PostRow) -> str:
        """A post with its period."""
        return f"{post.department}{self._span(post.since, post.until)}"

    def right(self, right: RightRow) -> str:
        """A right with what it is limited to and its period."""
        words, word = self._words, self._kit.messages.word
        procedure = "" if right.procedure == "*" else words.only(self._procedures.get(right.procedure, right.procedure))
        item = "" if right.item_class == "*" else words.only(word("item_class", right.item_class))
        return f"{word('right', right.act)}{procedure}{item}{self._span(right.since, right.until)}"

    def _span(self, since: date | None, until: date | None) -> str:
        if since is None and until is None:
            return ""
        return self._words.span(self._day(since), self._day(until))

    @staticmethod
    def _day(day: date | None) -> str:
        return "" if day is None else wareki_short(day)

    def _active(self, *, active: bool) -> str:
        return self._words.is_active if active else self._words.is_gone

    def _state(self, *, revoked: bool) -> str:
        return self._words.shut_out if revoked else self._words.let_in

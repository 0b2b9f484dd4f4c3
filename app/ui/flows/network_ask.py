"""本人確認情報: what was typed becomes a search or an enquiry, for a task; numbers stay masked until asked for."""

from collections.abc import Callable, Mapping, Sequence

from app.domain.era import wareki
from app.domain.person import Sex
from app.domain.rights import ItemClass, allowed
from app.services.ports.seat import Session
from app.services.use_network import ENQUIRE, SEARCH
from app.ui.flows.network_flow import NetworkActs, NetworkFlow, day_of
from app.ui.kit import Kit
from app.ui.screens.network_ask import FoundShown, NetworkAskScreen
from app.ui.screens.network_screen import FactShown
from app.ui.screens.register_fields import UNREAD, FieldShown
from app.wire.jukinet_counter import (
    EnquireNational,
    NationalAnswer,
    NationalPerson,
    NetworkFour,
    NetworkHit,
    NetworkHits,
    SearchNetwork,
)

_FOUR = ("name", "address", "birth", "sex")
_NUMBERS = {"my_number": ItemClass.MY_NUMBER, "resident_code": ItemClass.RESIDENT_CODE}


class AskFlow(NetworkFlow[NetworkAskScreen]):
    """One of the two: a search, or an enquiry of the national level."""

    def __init__(self, kit: Kit, screen: NetworkAskScreen, acts: NetworkActs, *, enquires: bool) -> None:
        super().__init__(kit, screen, acts)
        self._enquires, self._act = enquires, ENQUIRE if enquires else SEARCH
        self._answer: NationalAnswer | None = None
        self._shows = False

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        self._answer, self._shows = None, False
        tasks = self._tasks()
        self._values.update({"task": tasks[0][0] if len(tasks) == 1 else "", "where": "country"})
        self.screen.show_form(self._fields(tasks), self._values)

    def end(self) -> None:
        super().end()
        self._answer = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"ask": self._ask, "show": self._show_numbers}

    def edit(self, name: str, value: str) -> None:
        """Another condition: who was found by the one before is not the answer to it."""
        super().edit(name, value)
        if self._answer is not None:
            self._answer, self._shows = None, False
            self.screen.show_found((), self._kit.texts.network_ask.before, shows=False)

    def _tasks(self) -> tuple[tuple[str, str], ...]:
        session = self._session
        if session is None:
            return ()
        day, actor = self.today(), session.actor
        return tuple(one for one in self._acts.tasks if allowed(actor, self._act, one[0], "*", day=day))

    def _may_by(self, name: str) -> bool:
        session = self._session
        return session is not None and any(
            allowed(session.actor, self._act, task, _NUMBERS[name], day=self.today()) for task, _ in self._acts.tasks
        )

    def _fields(self, tasks: Sequence[tuple[str, str]]) -> list[FieldShown]:
        words, word = self._kit.texts.network_ask, self.word
        sexes = tuple((one.value, word("sex", one.value)) for one in (Sex.MALE, Sex.FEMALE))
        fields = [FieldShown("task", words.task, "choice", tuple(tasks), required=True)]
        if not self._enquires:
            fields.append(FieldShown("where", words.where, "choice", self.options("network_where")))
        fields += [
            FieldShown("name", words.name),
            FieldShown("birth", words.birth, "day"),
            FieldShown("address", words.address),
            FieldShown("sex", words.sex, "choice", sexes),
        ]
        if self._may_by("my_number"):
            fields.append(FieldShown("my_number", words.my_number, "secret"))
        if self._enquires and self._may_by("resident_code"):
            fields.append(FieldShown("resident_code", words.resident_code, "secret"))
        return fields

    def _ask(self) -> None:
        words = self._kit.texts.network_ask
        ways = [name for name in _NUMBERS if self.said(name)]
        by_four = any(self.said(name) for name in _FOUR)
        missing = {} if self.said("task") else {"task": words.task_missing}
        if self.said("birth").startswith(UNREAD):
            missing["birth"] = words.birth_wrong
        if len(ways) + by_four > 1:
            missing[ways[0]] = words.one_way
        elif not ways and not by_four:
            missing["name"] = words.nothing_said
        self.screen.show_missing(missing)
        if missing:
            return
        if self._enquires:
            self._enquire(by_four=by_four)
        else:
            self._search(by_four=by_four)

    def _four(self) -> NetworkFour:
        said = self.said
        return NetworkFour(name=said("name"), address=said("address"), birth=day_of(said("birth")), sex=said("sex"))

    def _search(self, *, by_four: bool) -> None:
        asked = SearchNetwork(
            procedure=self.said("task"),
            four=self._four() if by_four else None,
            my_number=self.said("my_number"),
            where=self.said("where") or "country",
        )
        self.read(lambda press, it: self._acts.use.search(press, it, asked), self._on_hits)

    def _enquire(self, *, by_four: bool) -> None:
        asked = EnquireNational(
            procedure=self.said("task"),
            resident_code=self.said("resident_code"),
            my_number=self.said("my_number"),
            four=self._four() if by_four else None,
        )
        self.read(lambda press, it: self._acts.use.enquire(press, it, asked), self._on_answer)

    def _on_hits(self, found: NetworkHits) -> None:
        people = tuple(NationalPerson(hit=one, card_state="") for one in found.hits)
        self._on_answer(NationalAnswer(people=people, more=found.more, proof=found.proof))

    def _on_answer(self, found: NationalAnswer) -> None:
        words = self._kit.texts.network_ask
        self._answer, self._shows = found, False
        self._show(found)
        if found.people:
            said = words.found_more(len(found.people)) if found.more else words.found_some(len(found.people))
            self.screen.banner.show_text("warning" if found.more else "success", said, words.kept)
            self.screen.look_at_found()
        else:
            self.screen.banner.show_text("information", words.found_none, words.found_none_text)

    def _show_numbers(self) -> None:
        answer = self._answer
        if answer is None:
            return
        found = answer

        def shown(_: None) -> None:
            self._shows = True
            self._show(found)

        self.read(lambda press, it: self._acts.use.show_number(press, it, found.proof), shown)

    def _show(self, found: NationalAnswer) -> None:
        has = any(one.my_number or one.resident_code for one in found.people)
        rows = [self._row(one.hit, self._more(one)) for one in found.people]
        self.screen.show_found(rows, self._kit.texts.network_ask.found_none, shows=has and not self._shows)

    def _row(self, hit: NetworkHit, more: tuple[FactShown, ...]) -> FoundShown:
        return FoundShown(
            name=hit.name,
            birth=wareki(hit.birth),
            sex=self.word("sex", hit.sex),
            address=hit.address,
            place=self._acts.place(hit.municipality),
            state=self.word("network_person", hit.state),
            state_kind="success" if hit.state == "resident" else "warning",
            more=more,
        )

    def _more(self, one: NationalPerson) -> tuple[FactShown, ...]:
        words = self._kit.texts.network_ask
        hidden = self._kit.texts.network.masked
        named = (
            (words.card, self.word("card_state", one.card_state) if one.card_state else ""),
            (words.kana, one.legal_kana),
            (words.former, one.former_name),
            (words.alias, one.alias),
            (words.resident_code, one.resident_code if self._shows or not one.resident_code else hidden),
            (words.my_number, one.my_number if self._shows or not one.my_number else hidden),
        )
        return tuple(FactShown(name, value) for name, value in named if value)

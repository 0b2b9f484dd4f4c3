"""広域交付: what is asked for, the answer looked for by itself until it is there, numbers shown on purpose only."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QTimer

from app.domain.era import wareki
from app.domain.rights import ANY, ItemClass, allowed
from app.services.paper import Paper
from app.services.ports.seat import Session
from app.services.print_wide_copy import KIND, WideCopy
from app.services.use_network import WIDE_AREA
from app.ui.flows.network_check import Checked
from app.ui.flows.network_flow import NetworkActs, NetworkFlow, moment
from app.ui.flows.print_acts import LatePaper
from app.ui.kit import Kit
from app.ui.screens.network_screen import FactShown
from app.ui.screens.network_wide import LineShown, NetworkWideScreen
from app.ui.screens.register_fields import FieldShown
from app.wire.jukinet import WideAreaCopy, WideAreaPerson
from app.wire.jukinet_counter import AskWideAreaCopy, WideAreaAnswer

LOOK_MS = 3000
"""How often is looked whether the answer is there. Assumed."""
_CLASSES = {"code": ItemClass.RESIDENT_CODE, "number": ItemClass.MY_NUMBER}


class WideFlow(NetworkFlow[NetworkWideScreen]):
    """Works for one check; what was asked for is looked for on that day."""

    def __init__(self, kit: Kit, screen: NetworkWideScreen, acts: NetworkActs) -> None:
        super().__init__(kit, screen, acts)
        self._checked: Checked | None = None
        self._answer: WideAreaAnswer | None = None
        self._shows, self._printed = False, 0
        self._again = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._again.timeout.connect(self._look)

    def begin(self, session: Session, checked: Checked) -> None:
        """Open the form for who was checked."""
        self.enter(session)
        self._checked, self._answer, self._shows, self._printed = checked, None, False, 0
        words = self._kit.texts.network_wide
        named = {"code": words.with_code, "number": words.with_number}
        fields = [FieldShown("household", words.with_household, "yes_no")]
        fields += [FieldShown(name, named[name], "yes_no") for name in _CLASSES if self._may_bear(name)]
        self.screen.show_form(fields, self._values)

    def end(self) -> None:
        self._again.stop()
        super().end()
        self._checked = self._answer = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"ask": self._ask, "look": self._look, "print": self._print, "show": self._show_numbers}

    def _may_bear(self, name: str) -> bool:
        session, item = self._session, _CLASSES[name]
        return session is not None and allowed(session.actor, WIDE_AREA, ANY, item, day=self.today())

    def _ask(self) -> None:
        checked = self._checked
        if checked is None:
            return
        asked = AskWideAreaCopy(
            request_id=self.entry_id(),
            check_id=checked.answer.check_id,
            with_household=self.said("household") == "yes",
            with_code=self.said("code") == "yes",
            with_number=self.said("number") == "yes",
            visit_id=checked.visit_id,
        )
        self.write(lambda press, it: self._acts.use.ask_copy(press, it, asked), self._on_answer)

    def _look(self) -> None:
        answer = self._answer
        if answer is not None:
            self.ask(lambda press, it: self._acts.use.copy(press, it, answer.request_id), self._on_answer)

    def _on_answer(self, answer: WideAreaAnswer) -> None:
        self._answer, words = answer, self._kit.texts.network_wide
        place = self._acts.place(answer.asked_of)
        self.screen.show_asked(asked=True)
        if answer.state == "asked":
            self.screen.show_deeds(("look",))
            self.screen.show_waiting(words.waits(place))
            self._again.start()
            return
        self.screen.show_waiting("")
        if answer.copy is None:
            self.screen.show_deeds(())
            self.screen.banner.show_text("warning", words.not_issued(place), words.not_issued_text)
            return
        self.screen.banner.show_text("success", words.answered(place), words.answered_text)
        self._show(answer.copy)

    def _show_numbers(self) -> None:
        answer = self._answer
        if answer is None or answer.copy is None:
            return
        copy, proof = answer.copy, answer.proof

        def shown(_: None) -> None:
            self._shows = True
            self._show(copy)

        self.read(lambda press, it: self._acts.use.show_number(press, it, proof), shown)

    def _print(self) -> None:
        """Each paper takes a number of its own, as it is made."""
        answer, session, words = self._answer, self._session, self._kit.texts.network_wide
        checked = self._checked
        if answer is None or answer.copy is None or session is None or checked is None:
            return
        wide = WideCopy(answer.copy, self._acts.place(answer.asked_of), self._printed + 1, checked.visit_id)
        make = partial(self._acts.copies.make, self._means.press(), session, wide)
        self._acts.print_late(words.paper_title(wide.number), LatePaper(KIND, make, partial(self._on_made, wide)))

    def _on_made(self, wide: WideCopy, _: Paper) -> None:
        words = self._kit.texts.network_wide
        self._printed = wide.count
        self.screen.banner.show_text("success", words.made(wide.number), words.made_text)

    def _show(self, copy: WideAreaCopy) -> None:
        words = self._kit.texts.network_wide
        bears = any(one.resident_code or one.my_number for one in copy.persons)
        self.screen.show_deeds(("print", "show") if bears and not self._shows else ("print",))
        facts = (
            FactShown(words.address, copy.address),
            FactShown(words.head, copy.household_head),
            FactShown(words.as_of, moment(copy.as_of, "")),
        )
        self.screen.show_copy(facts, [self._line(one) for one in copy.persons])

    def _line(self, one: WideAreaPerson) -> LineShown:
        return LineShown(
            name=one.name,
            birth=one.birth_written or wareki(one.birth),
            sex=self.word("sex", one.sex) if one.sex else "",
            relation=one.relation,
            since="" if one.since is None else wareki(one.since),
            code=self._masked(one.resident_code),
            number=self._masked(one.my_number),
        )

    def _masked(self, value: str) -> str:
        return value if self._shows or not value else self._kit.texts.network.masked

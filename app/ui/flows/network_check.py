"""本人確認 with the presented card: its items typed or read, the PIN by its holder, the answer of the network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Signal

from app.domain.person import BasicFour, Sex
from app.domain.resident_network import CheckPurpose, CheckResult
from app.domain.secret import Secret
from app.services.card_port import FaceReading
from app.services.ports.seat import Session
from app.services.read_shown_card import ReadShownCard
from app.ui.background import Lane
from app.ui.flows.network_flow import NetworkActs, NetworkFlow, day_of
from app.ui.flows.pin_entry import PinFlow, PinKind, Wanted
from app.ui.kit import Kit
from app.ui.messages import Message
from app.ui.screens.network_check import NetworkCheckScreen
from app.ui.screens.register_fields import MISSING, FieldShown
from app.wire.jukinet_counter import CheckIdentity, IdentityChecked, NetworkFour

PURPOSES = (CheckPurpose.MOVING_IN, CheckPurpose.WIDE_AREA, CheckPurpose.CARD)
_UNPROVEN = {CheckResult.WRONG_PIN, CheckResult.BLOCKED, CheckResult.UNKNOWN_CARD}
"""After these nobody is named: the form stays open."""
_CODE = 14
_CARD_SIGNS = 15


@dataclass(frozen=True, slots=True)
class Checked:
    """One check that was made: what was asked, and the answer. ``visit_id``: in which visit, "" in none."""

    purpose: CheckPurpose
    card_number: str = field(repr=False)
    shown: NetworkFour
    answer: IdentityChecked
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """How the card itself is read."""

    read: ReadShownCard
    lane: Lane


@dataclass(frozen=True, slots=True)
class Shown:
    """Who stands here in a visit, and what their card said; ``four`` None: it was not read."""

    visit_id: str
    four: BasicFour | None = field(repr=False)


class CheckFlow(NetworkFlow[NetworkCheckScreen]):
    """``checked`` carries a ``Checked`` that names somebody, or says that the network has nobody."""

    checked = Signal(object)

    def __init__(self, kit: Kit, screen: NetworkCheckScreen, acts: NetworkActs, hands: tuple[Reader, PinFlow]) -> None:
        super().__init__(kit, screen, acts)
        self._reader, self._pin = hands
        self._visit_id = ""

    def begin(self, session: Session, purpose: str = "", shown: Shown | None = None) -> None:
        """Open the form. ``shown``: what a visit knows of the card already."""
        self.enter(session)
        self._values["purpose"], self._visit_id = purpose, "" if shown is None else shown.visit_id
        if shown is not None and shown.four is not None:
            self._fill(shown.four)
        self._show()

    def end(self) -> None:
        self._pin.drop()
        super().end()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"check": self._on_check, "read": self._on_read}

    def _show(self) -> None:
        words, word = self._kit.texts.network_check, self.word
        purposes = tuple((one.value, word("check_purpose", one.value)) for one in PURPOSES)
        sexes = tuple((one.value, word("sex", one.value)) for one in (Sex.MALE, Sex.FEMALE))
        fields = (
            FieldShown("purpose", words.purpose, "choice", purposes, required=True),
            FieldShown("card_number", words.card_number, support=words.card_number_support, required=True),
            FieldShown("code", words.code, support=words.code_support),
            FieldShown("name", words.name, required=True),
            FieldShown("birth", words.birth, "day", required=True),
            FieldShown("sex", words.sex, "choice", sexes, required=True),
            FieldShown("address", words.address, "long", required=True),
        )
        self.screen.show_form(fields, self._values)

    def _fill(self, four: BasicFour) -> None:
        sex = four.sex.value if four.sex in {Sex.MALE, Sex.FEMALE} else ""
        self._values.update(name=four.name, address=four.address, birth=four.birth.isoformat(), sex=sex)

    def _on_read(self) -> None:
        words, code, session = self._kit.texts.network_check, self.said("code"), self._session
        if len(code) != _CODE or not code.isdigit():
            self.screen.show_missing({"code": words.code_wrong})
        elif session is not None and not self.screen.is_busy:
            self.screen.show_busy(busy=True)
            self._soon.start()
            self._late.start()
            work = partial(self._reader.read, self._means.press(), session, code)
            self._errands.run(self._reader.lane, work, self._on_face, self.on_failed)

    def _on_face(self, reading: FaceReading) -> None:
        self._settled()
        self.screen.show_busy(busy=False)
        self._fill(reading.four)
        self._show()
        words = self._kit.texts.network_check
        self.screen.banner.show_text("success", words.was_read, words.was_read_text)

    def _on_check(self) -> None:
        words = self._kit.texts.network_check
        missing = {name: MISSING for name in ("purpose", "name", "address", "sex") if not self.said(name)}
        if day_of(self.said("birth")) is None:
            missing["birth"] = MISSING
        if len(self.said("card_number")) != _CARD_SIGNS or not self.said("card_number").isascii():
            missing["card_number"] = words.card_number_wrong
        self.screen.show_missing(missing)
        if not missing:
            self._pin.ask(Wanted(PinKind.RESIDENT, None, False, self._on_pin))  # noqa: FBT003 -- no pad of ours

    def _on_pin(self, entry: Secret | None, _last: bool) -> None:  # noqa: FBT001 -- as PinFlow calls
        if entry is None:
            return
        said = self.said
        asked = CheckIdentity(
            check_id=self._means.new_id(),
            purpose=said("purpose"),
            card_number=said("card_number"),
            pin=entry.text(),
            shown=NetworkFour(name=said("name"), address=said("address"), birth=day_of(said("birth")), sex=said("sex")),
            visit_id=self._visit_id,
        )
        entry.wipe()
        self.read(lambda press, it: self._acts.use.check(press, it, asked), partial(self._on_answer, asked))

    def _on_answer(self, asked: CheckIdentity, answer: IdentityChecked) -> None:
        result, words = CheckResult(answer.result), self._kit.texts.network_check
        if result in _UNPROVEN:
            title = self.word("check_result", answer.result)
            if result is CheckResult.WRONG_PIN:
                title = words.wrong_pin(answer.left)
            said = self.word("check_result_next", answer.result)
            self.screen.banner.show_message(Message(title, "", said, ""))
            return
        purpose = CheckPurpose(asked.purpose)
        self.checked.emit(Checked(purpose, asked.card_number, asked.shown, answer, asked.visit_id))

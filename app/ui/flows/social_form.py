"""Somebody who is in no register entered or corrected; the 個人番号 goes on with them and is in no draft."""

from abc import abstractmethod
from collections.abc import Callable

from app.domain.social_rules import SocialRules
from app.errors import AppError, BadFormat
from app.services.ports.seat import Session
from app.services.tend_parties import TendParties
from app.ui.flows.office_flow import OfficeMeans, TypedFlow
from app.ui.flows.register_filing import day_in
from app.ui.flows.social_words import SocialReader
from app.ui.kit import Kit
from app.ui.screens.register_fields import MISSING, FieldShown
from app.ui.screens.social_form import SocialFormScreen
from app.wire.social_address import KeepParty, PartyKept, PartyView

NON_RESIDENT, CORPORATION = "non_resident", "corporation"
_METHODS = ("chip", "pin", "code_a", "paper")
_FIELDS = {"account_holder": "holder", "account_kind": "kind"}
"""What the office calls a field, where the form calls it otherwise."""


class SocialFormFlow(TypedFlow[SocialFormScreen]):
    """What all forms here share: missing fields are said, a field that the office names is shown wrong."""

    def __init__(
        self, kit: Kit, screen: SocialFormScreen, means: OfficeMeans, case: TendParties, rules: SocialRules
    ) -> None:
        super().__init__(kit, screen, means)
        self._case, self._reader = case, SocialReader(kit, rules)
        screen.edited.connect(self.edit)
        screen.save_asked.connect(self.save)
        screen.empty_asked.connect(lambda: self.empty(self.first()))

    def first(self) -> dict[str, str]:
        """What a fresh form begins with."""
        return {}

    @abstractmethod
    def save(self) -> None:
        """Send it."""

    def lacks(self, required: tuple[str, ...]) -> bool:
        """Whether something is missing or half typed; it is said."""
        missing = {
            name: MISSING for name in required if not self._values.get(name) or self._values[name].startswith("~")
        }
        if missing:
            self.screen.show_missing(missing)
        return bool(missing)

    def on_failed(self, error: AppError) -> None:
        field = str(error.data.get("field", "")) if isinstance(error, BadFormat) else ""
        name = _FIELDS.get(field, field)
        if name:
            self.screen.show_missing({name: self._kit.messages.of(error).why})
        else:
            super().on_failed(error)

    def text(self, name: str) -> str:
        """What stands in a field."""
        return self._values.get(name, "")

    def field(self, name: str, **more: object) -> FieldShown:
        """A text field by its name in the table of words."""
        return FieldShown(name, self._kit.messages.word("social_field", name), **more)  # type: ignore[arg-type]


class PartyFormFlow(SocialFormFlow):
    """Somebody who is in no register."""

    form = "social.party"

    def __init__(
        self, kit: Kit, screen: SocialFormScreen, means: OfficeMeans, case: TendParties, rules: SocialRules
    ) -> None:
        super().__init__(kit, screen, means, case, rules)
        self._view: PartyView | None = None
        screen.edited.connect(self._on_kind)

    def begin(self, session: Session, purpose: str, view: PartyView | None = None) -> None:
        """Open the form: for somebody new, or to correct ``view``."""
        self._view = view
        about = {"purpose": purpose, "number": "" if view is None else view.row.social_number}
        self.start(session, about, self.first())

    def end(self) -> None:
        super().end()
        self._view = None

    def first(self) -> dict[str, str]:
        if self._view is None:
            return {"kind": NON_RESIDENT}
        row = self._view.row
        return {
            "kind": row.kind,
            "name": row.name,
            "kana": row.kana,
            "birth": "" if row.birth is None else row.birth.isoformat(),
            "birth_written": row.birth_written,
            "sex": row.sex,
            "address": row.address,
            "corporate_number": row.corporate_number,
        }

    def fill(self) -> None:
        words = self._kit.texts.social_form
        whom = words.correcting(self._view.row.name) if self._view is not None else words.entering
        self.screen.show_form(whom, self._shown(), self._values)

    def save(self) -> None:
        is_person, corrects = self.text("kind") != CORPORATION, self._view is not None
        required = ("name", "address", *(("birth", "sex") if is_person else ("corporate_number",)))
        with_number = is_person and bool(self.text("my_number"))
        needed = (*required, *(("reason",) if corrects else ()), *(("method",) if with_number else ()))
        if self.lacks(needed):
            return
        self.screen.show_working()
        asked = KeepParty(
            purpose=self._about["purpose"],
            kind=self.text("kind"),
            name=self.text("name"),
            kana=self.text("kana"),
            birth=day_in(self.text("birth")) if is_person else None,
            birth_written=self.text("birth_written") if is_person else "",
            sex=self.text("sex") if is_person else "",
            address=self.text("address"),
            corporate_number="" if is_person else self.text("corporate_number"),
            my_number=self.text("my_number") if with_number else "",
            method=self.text("method") if with_number else "",
            social_number=self._about["number"],
            version=0 if self._view is None else self._view.row.version,
            reason=self.text("reason"),
        )
        self.ask(lambda press, it: self._case.keep(press, it, asked), self._on_kept, self.pressed())

    def _on_kept(self, kept: PartyKept) -> None:
        words = self._kit.texts.social_form
        text = words.alike(len(kept.alike)) if kept.alike else ""
        self.sent(words.party_kept(kept.row.social_number), text)

    def _on_kind(self, name: str, _: str) -> None:
        if name == "kind":
            self.fill()
            self.screen.fields.focus("kind")

    def _shown(self) -> tuple[FieldShown, ...]:
        words, word = self._kit.texts.social_form, self._kit.messages.word
        kinds = tuple((one, word("party_kind", one)) for one in (NON_RESIDENT, CORPORATION))
        methods = tuple((one, word("method", one)) for one in _METHODS)
        reason = (self.field("reason", form="long", support=words.reason_support, required=True),)
        kind: Callable[[], FieldShown] = lambda: self.field("kind", form="pick", options=kinds)  # noqa: E731
        head = () if self._view is not None else (kind(),)
        names = (self.field("name", required=True), self.field("kana"))
        address = self.field("address", form="long", required=True)
        tail = reason if self._view is not None else ()
        if self.text("kind") == CORPORATION:
            return (*head, *names, self.field("corporate_number", required=True), address, *tail)
        return (
            *head,
            *names,
            self.field("sex", form="choice", options=self._kit.messages.words("sex"), required=True),
            self.field("birth", form="day", required=True),
            self.field("birth_written", support=words.written_support),
            address,
            self.field("my_number", form="secret", support=words.number_support),
            self.field("method", form="choice", options=methods, support=words.method_support),
            *tail,
        )

"""Lists of 社会保障宛名 with fields above: parties found, parties that are one, what was passed on."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import Kit
from app.ui.screens.deed_table import DeedShown, DeedTableScreen
from app.ui.screens.register_fields import FieldShown, RegisterFields
from app.ui.widgets.card import Card


class SocialListScreen(DeedTableScreen):
    """``edited`` carries a field and its text."""

    edited = Signal(str, str)

    def __init__(self, kit: Kit, said: tuple[str, str], deeds: Sequence[DeedShown]) -> None:
        super().__init__(kit, said, deeds)
        self.fields = RegisterFields(kit, columns=3)
        self.fields.edited.connect(self.edited)
        card = Card()
        card.column.setContentsMargins(20, 8, 8, 8)
        card.column.addWidget(self.fields)
        self.above.addWidget(card)

    def first_focus(self) -> QWidget:
        return self.fields.first() or self.table

    def show_form(self, fields: Sequence[FieldShown], values: Mapping[str, str]) -> None:
        """What is looked for."""
        self.fields.show_fields(fields, values)

    def show_missing(self, errors: Mapping[str, str]) -> None:
        """What is to be filled first."""
        if first := self.fields.show_errors(errors):
            self.fields.focus(first)

    def to_lines(self) -> None:
        """The cursor goes to what was found."""
        self.table.setFocus()

    def wipe(self) -> None:
        super().wipe()
        self.fields.show_fields((), {})


def find_screen(kit: Kit) -> SocialListScreen:
    """宛名の検索."""
    words = kit.texts.social_find
    deeds = (
        DeedShown("search", words.search, "search", words.search_key, of_line=False),
        DeedShown("open", words.open, "commit", words.open_key, is_primary=True, opens=True),
        DeedShown("fresh", words.fresh, "next_visit", words.fresh_key, of_line=False),
    )
    return SocialListScreen(kit, (words.title, words.list), deeds)


def merges_screen(kit: Kit) -> SocialListScreen:
    """名寄せ."""
    words = kit.texts.social_merges
    deeds = (
        DeedShown("approve", words.approve, "commit", words.approve_key, is_primary=True),
        DeedShown("turn_down", words.turn_down, "return_case", words.turn_down_key, words.why_turn_down),
        DeedShown("propose", words.propose, "next_visit", words.propose_key, words.why_propose),
        DeedShown("undo", words.undo, "hold", words.undo_key, words.why_undo),
    )
    return SocialListScreen(kit, (words.title, words.list), deeds)


def transfers_screen(kit: Kit) -> SocialListScreen:
    """課税情報の連携."""
    words = kit.texts.social_transfers
    deeds = (DeedShown("again", words.again, "save", words.again_key),)
    return SocialListScreen(kit, (words.title, words.list), deeds)

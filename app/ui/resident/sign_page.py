"""The page on which a resident signs: what for, the field, write again, done."""

from PySide6.QtCore import Signal

from app.domain.resident_view import SignPage
from app.ui.resident.pages import PageFrame
from app.ui.resident.signature_pad import SignaturePad
from app.ui.resident.type_sizes import BODY, LINE, BigText, Type


class SignView(PageFrame):
    """``signed`` carries the ``Signature``; one that is too short is asked to be finished."""

    signed = Signal(object)

    def __init__(self, style: Type, ticket: str, page: SignPage) -> None:
        super().__init__(style, ticket)
        self.add_said(style.say("sign_title"))
        self.add_said(style.say("sign_lead", what=page.what), BODY)
        self.pad = SignaturePad(style.kit.clock.monotonic)
        self.body.addWidget(self.pad, 1)
        self._hint = BigText("", style.font(LINE, bold=True))
        self.body.addWidget(self._hint)
        self.pad.changed.connect(lambda: self._hint.setText(""))
        self.add_button(style.say("sign_again"), self.pad.erase)
        self.add_button(style.say("sign_done"), self.finish, primary=True)

    def finish(self) -> None:
        """Take what stands there, if it can be a name."""
        if self.pad.is_long_enough():
            self.signed.emit(self.pad.signature())
            return
        said = self.style_.say("sign_short")
        self._hint.show_text(said.text, self.style_.font(LINE, said.language, bold=True))

"""The neutral page: whose office this is, whose turn it is, and that it goes on; nothing of anybody."""

from app.ui.resident.pages import PageFrame
from app.ui.resident.type_sizes import LINE, BigText, Type


class NeutralView(PageFrame):
    """What stands there between all others."""

    def __init__(self, style: Type, office: str, ticket: str) -> None:
        super().__init__(style, "")
        self.body.addStretch(2)
        if office:
            self.body.addWidget(BigText(office, style.font(LINE, bold=True), centred=True))
        if ticket:
            self.add_said(style.say("ticket", number=ticket), 72, centred=True)
        self.add_said(style.say("waiting"), centred=True)
        self.body.addStretch(3)

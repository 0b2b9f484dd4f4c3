"""申請書 as shipped words set it."""

from app.domain.form import FormContent
from app.services.compose_application import SheetOf, SheetStyle, compose_application, parse_sheet_words
from app.services.compose_form import Issuer
from app.services.form_words import parse_form_words
from app.shipped import read_toml
from app.ui.flows.visit_acts import ReceiptSlip

ISSUER = Issuer("見本市長", "見本市", "見本県", {})


def sheet_of(slip: ReceiptSlip) -> FormContent:
    """The content of the sheet for an application, handed in where it has a number."""
    words = parse_sheet_words(read_toml("text", "application_sheet.toml"))
    style = SheetStyle(words, parse_form_words(read_toml("text", "forms.toml"), training=True), ISSUER)
    received = slip.receipt_date if slip.number else None
    return compose_application(SheetOf(slip.draft, slip.procedure, slip.number, received), slip.receipt_date, style)

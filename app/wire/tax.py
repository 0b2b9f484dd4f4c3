"""Messages between relay and socialaddress: where somebody lived on 1 January, and tax data within the city."""

from datetime import date

from app.wire.desk import Scalar
from app.wire.message import Message


class PersonYear(Message, frozen=True):
    """A person of this municipality's business and a tax year."""

    business_number: str
    tax_year: int


class AskFirstJanuary(Message, frozen=True):
    """relay → socialaddress: who lived where on 1 January of the tax year."""

    municipality: str
    persons: tuple[PersonYear, ...]


class FirstJanuary(Message, frozen=True):
    """``residence``: the municipality's code, "" when not known. ``taxed_by``: who taxed instead, 住登外課税."""

    residence: str
    name: str
    taxed_by: str = ""
    taxed_by_name: str = ""


class FirstJanuaries(Message, frozen=True):
    """One for each person, in order."""

    municipality: str
    found: tuple[FirstJanuary, ...]


class TaxQuestion(Message, frozen=True):
    """One in-city enquiry (庁内連携) and the ground it stands on."""

    enquiry_id: str
    visit_id: str
    trace: str
    business_number: str
    tax_year: int
    series: str
    item: str
    task: str
    purpose: str
    information: str
    items: tuple[str, ...]
    asked_on: date


class TaxQuestions(Message, frozen=True):
    """relay → socialaddress: in-city enquiries."""

    municipality: str
    questions: tuple[TaxQuestion, ...]


class TaxAnswer(Message, frozen=True):
    """``kind``: value, no_data or undeclared; ``reason``: "" or why it was refused."""

    enquiry_id: str
    kind: str
    items: dict[str, Scalar]
    reason: str = ""


class TaxAnswers(Message, frozen=True):
    """One for each question, in order."""

    municipality: str
    answers: tuple[TaxAnswer, ...]

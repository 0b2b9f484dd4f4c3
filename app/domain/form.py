"""What stands on a printed form: 帳票 content as plain values; how it looks is the template's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line: label, value and, where a value came from elsewhere, its source in words."""

    label: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FormSection:
    """A headed group of rows."""

    title: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A ledger's receipt (C2SP tlog-proof text) that is printed as a code, with the words below it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FormContent:
    """帳票: all a template needs. ``form`` names the template; ``mark`` is printed across in training.

    ``reasons`` stand on a refusal; ``instruction`` is 教示, how to object; ``proofs`` stand on the visit's slip.
    """

    form: str
    title: str
    number: str
    issued_on: str
    issuer: str
    addressee: str
    lead: str
    sections: tuple[FormSection, ...]
    reasons: tuple[str, ...]
    instruction: tuple[str, ...]
    mark: str
    proof_title: str = ""
    proof_lead: str = ""
    proofs: tuple[Proof, ...] = ()

"""What stands on a printed form: 帳票 content as plain values; how it looks is the template's."""

from dataclasses import dataclass, field
from enum import StrEnum


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
    On certificates: ``certified`` 認証文, ``stamps`` (公用, 再交付), ``seal_place`` where the official seal goes,
    ``picture`` a registered imprint, PNG, and how wide it is printed, tenths of a millimetre.
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
    certified: str = ""
    stamps: tuple[str, ...] = ()
    seal_place: str = ""
    picture: bytes = field(default=b"", repr=False)
    picture_mm: int = 0


class FaultKind(StrEnum):
    """What is wrong with a paper before it is printed. Source of the cases: 住民記録システム標準仕様書 5.8, published.

    ``MISSING``: no face has the character; ``VARIANT``: only its plain shape; ``OTHER_FACE``: another face has it;
    ``SHRUNK``: it had to be set smaller; ``OVERFLOW``: it does not fit even so.
    """

    MISSING = "missing"
    VARIANT = "variant"
    OTHER_FACE = "other_face"
    SHRUNK = "shrunk"
    OVERFLOW = "overflow"


@dataclass(frozen=True, slots=True)
class PaperFault:
    """One fault: ``where`` is the item's label; ``what`` the character, or the size in points as text."""

    kind: FaultKind
    where: str
    what: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A form set in pages: PNG each, first page first; and what is wrong with it."""

    pages: tuple[bytes, ...] = field(repr=False)
    faults: tuple[PaperFault, ...] = ()

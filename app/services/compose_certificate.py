"""A certificate's page turned into the content of a form: what the register says, as it says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.era import wareki
from app.domain.form import FormContent, FormRow, FormSection
from app.domain.tables import Table
from app.wire.certificate import Page, PageBlock

WIDE = "wide"
"""What a row says that gets a line of its own whatever its length."""
_WIDE = frozenset({"name", "address", "last_address", "origin", "moved_to", "moved_from", "answer"})


@dataclass(frozen=True, slots=True)
class CertificateWords:
    """Words that stand on the paper only. ``preview``: across a page that is only looked at."""

    preview: str
    seal_place: str
    imprint: str
    honorific: str


def parse_certificate_words(values: Mapping[str, object]) -> CertificateWords:
    """Errors: DataFault for a missing, unknown or empty word."""
    table = Table(values, "certificate.toml")
    names = ("preview", "seal_place", "imprint", "honorific")
    return table.finish(CertificateWords(**{name: table.text(name) for name in names}))


def compose_certificate(
    page: Page,
    words: CertificateWords,
    issuer: str,
    mark: str,
    *,
    address: tuple[str, ...] = (),
    is_draft: bool = False,
) -> FormContent:
    """``issuer``: who certifies; ``mark``: printed across in training. A draft has no number and no place for a seal.

    ``address``: of a letter, street first, name last.
    """
    across = (words.preview,) if is_draft else ()
    return FormContent(
        form=page.form,
        title=page.title,
        number=page.number,
        issued_on=wareki(page.day),
        issuer=issuer,
        addressee="\n".join((*address[:-1], f"{address[-1]} {words.honorific}")) if address else "",
        lead=page.statement if address else "",
        sections=tuple(map(_section, page.blocks)),
        reasons=(),
        instruction=(),
        mark="　".join((*across, *((mark,) if mark else ()))),
        proof_title=words.imprint,
        certified=page.statement,
        stamps=page.marks,
        seal_place="" if is_draft else words.seal_place,
        picture=page.picture,
        picture_mm=page.picture_mm,
    )


def _section(block: PageBlock) -> FormSection:
    rows = (FormRow(row.label, row.value, WIDE if row.item in _WIDE else "") for row in block.rows)
    return FormSection(block.title, tuple(rows))

"""応対票: what was done in a visit, from this PC's own journal, as the resident may read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.act import Act
from app.domain.clock import TOKYO, business_date
from app.domain.era import wareki
from app.domain.form import FormContent, FormRow, FormSection, Proof
from app.domain.tables import Table
from app.services.compose_form import Issuer
from app.services.ports.seat import Press, Visit
from app.wire.desk import Receipt

FORM = "visit_slip"


@dataclass(frozen=True, slots=True)
class SlipWords:
    """The words of the slip. ``deed``: kind of act → what a resident is told; a kind without words is left out."""

    title: str
    lead: str
    done: str
    received: str
    ticket: str
    not_yet: str
    proof: str
    proof_lead: str
    deed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Served:
    """Who was served: the name for the head of the slip, and each application with its title.

    A receipt is None where the application is still on its way.
    """

    name: str = field(repr=False)
    applications: tuple[tuple[str, Receipt | None], ...]


def parse_slip_words(values: Mapping[str, object]) -> SlipWords:
    """Errors: DataFault for a missing, unknown or empty word."""
    table = Table(values, "visit_slip.toml")
    deeds, kinds = table.table("deed"), values["deed"]
    names = ("title", "lead", "done", "received", "ticket", "not_yet", "proof", "proof_lead")
    words = {name: table.text(name) for name in names}
    deed = deeds.finish({str(kind): deeds.text(str(kind)) for kind in (kinds if isinstance(kinds, Mapping) else ())})
    return table.finish(SlipWords(**words, deed=deed))


def compose_visit_slip(
    about: tuple[Press, Visit], served: Served, acts: Iterable[Act], words: SlipWords, style: tuple[Issuer, str, str]
) -> FormContent:
    """The slip's content. ``style``: who issues it, what follows a name, the mark across the page in training.

    An act without words of its own is not shown: other records of access reach a citizen by disclosure only.
    """
    (press, visit), (issuer, honorific, mark) = about, style
    deeds = tuple(_row(act, words) for act in acts if act.kind in words.deed)
    applications = tuple(
        FormRow(title, words.not_yet if receipt is None else receipt.number) for title, receipt in served.applications
    )
    sections = [FormSection(words.done, deeds)]
    if applications:
        sections.append(FormSection(words.received, applications))
    return FormContent(
        form=FORM,
        title=words.title,
        number=f"{words.ticket} {visit.ticket}" if visit.ticket else "",
        issued_on=wareki(business_date(press.at)),
        issuer=issuer.title,
        addressee=f"{served.name} {honorific}" if served.name else "",
        lead=words.lead,
        sections=tuple(sections),
        reasons=(),
        instruction=(),
        mark=mark,
        proof_title=words.proof,
        proof_lead=words.proof_lead,
        proofs=_proofs(served.applications),
    )


def _row(act: Act, words: SlipWords) -> FormRow:
    local = act.at.astimezone(TOKYO)
    return FormRow(f"{local.hour}:{local.minute:02d}", words.deed[act.kind])


def _proofs(applications: Sequence[tuple[str, Receipt | None]]) -> tuple[Proof, ...]:
    known = [(title, receipt) for title, receipt in applications if receipt is not None and receipt.proof]
    return tuple(Proof(f"{title} {receipt.number}", receipt.proof) for title, receipt in known)

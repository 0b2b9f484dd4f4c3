"""A copy as whoever works with it may see it: its number, its state and what may be done, nothing of the page."""

from app.backend.register.service.copies import Copy
from app.domain.certificate_rules import CertificateRules
from app.wire.certificate import CopyRow

ISSUED, PRINTED, HANDED, POSTED, SPOILED = "issued", "printed", "handed", "posted", "spoiled"


def row_of(rules: CertificateRules, copy: Copy) -> CopyRow:
    """A line of the list."""
    kind = rules.kinds.get(copy.kind)
    return CopyRow(
        number=copy.number,
        kind=copy.kind,
        title=copy.kind if kind is None else kind.title,
        state=copy.state,
        route=copy.route,
        capacity=copy.capacity,
        fee=copy.fee,
        exemption=copy.exemption,
        bears_number=copy.bears_number,
        issued_by=copy.issued_by,
        issued_at=copy.issued_at,
        may=may(copy),
        version=copy.version,
        spoiled_why=copy.spoiled_why,
        replaced_by=copy.replaced_by,
        sheets=copy.sheets,
        visit_id=copy.visit_id,
    )


def may(copy: Copy) -> tuple[str, ...]:
    """What may be done with it now: print, hand, post, spoil, fee, replace."""
    if copy.state == SPOILED:
        return ("fee",) if copy.replaced_by else ("fee", "replace")
    if copy.state == ISSUED:
        return ("print", "spoil", "fee")
    if copy.state == PRINTED:
        return ("post" if copy.route == "post" else "hand", "spoil", "fee")
    return ("fee",)

"""印刷の決まり: which faults hold a paper back, and why something may be printed once more; from printing.toml."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.form import FaultKind, PaperFault
from app.domain.tables import Table

OTHER = "other"
"""The reason that has to be written out."""
_FREE: tuple[FaultKind, ...] = tuple(kind for kind in FaultKind if kind is not FaultKind.MISSING)


@dataclass(frozen=True, slots=True)
class PrintRules:
    """``blocks``: form → the faults that hold it back, "" for every other form; ``reasons`` of a reprint, codes.

    ``file_names``: what saving as a file is called among the printers, in service and in training.
    """

    blocks: Mapping[str, frozenset[FaultKind]]
    reasons: tuple[str, ...]
    file_names: tuple[str, str]

    def holding(self, form: str, faults: tuple[PaperFault, ...]) -> tuple[PaperFault, ...]:
        """Those of ``faults`` with which it is not printed."""
        blocks = self.blocks.get(form, self.blocks[""])
        return tuple(one for one in faults if one.kind is FaultKind.MISSING or one.kind in blocks)


def parse_print_rules(values: Mapping[str, object]) -> PrintRules:
    """Errors: DataFault for a missing, unknown or wrong word."""
    table = Table(values, "printing.toml")
    usual = _levels(table.table("faults"), {})
    forms = table.table("forms")
    named = values.get("forms", {})
    blocks = {name: _levels(forms.table(name), usual) for name in (named if isinstance(named, Mapping) else ())}
    reprint = table.table("reprint")
    reasons = reprint.texts("reasons")
    if OTHER not in reasons:
        raise reprint.fault("missing_key", OTHER)
    files = table.table("file")
    file_names = files.finish((files.text("name"), files.text("training")))
    reprint.finish(None)
    forms.finish(None)
    made = {name: _blocking(levels) for name, levels in (("", usual), *blocks.items())}
    return table.finish(PrintRules(made, reasons, file_names))


def _levels(table: Table, usual: Mapping[FaultKind, str]) -> dict[FaultKind, str]:
    found: dict[FaultKind, str] = {kind: table.text(kind.value, usual.get(kind)) for kind in _FREE}
    for kind, level in found.items():
        if level not in {"block", "warn"}:
            raise table.fault("unknown_value", kind.value)
    return table.finish(found)


def _blocking(levels: Mapping[FaultKind, str]) -> frozenset[FaultKind]:
    return frozenset(kind for kind, level in levels.items() if level == "block")

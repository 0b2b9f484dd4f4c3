"""The words of papers that no procedure owns, read strictly from their file."""

from collections.abc import Mapping

from app.domain.present import Words
from app.domain.tables import Table
from app.services.compose_form import FormWords

_IDENTITY = ("about", "method", "result", "question", "verdict")
"""The tables of words for how person and number were confirmed."""


def parse_form_words(values: Mapping[str, object], *, training: bool) -> FormWords:
    """Make them of resources/text/forms.toml. The mark across the page is kept in ``training`` only.

    Errors: DataFault for a missing, unknown or empty word.
    """
    table = Table(values, "forms.toml")
    mark = table.text("mark")
    return table.finish(
        FormWords(
            values=_values(table.table("values")),
            honorific=table.text("honorific"),
            mark=mark if training else "",
            case=table.text("case"),
            number=table.text("number"),
            received_on=table.text("received_on"),
            start_month=table.text("start_month"),
            total=table.text("total"),
            answers=table.text("answers"),
            answer_place=table.text("answer_place"),
            answer_source=table.text("answer_source"),
            answer_year=table.text("answer_year"),
            answer_period=table.text("answer_period"),
            steps=table.text("steps"),
            evidence=table.text("evidence"),
            findings=table.text("findings"),
            looked=table.text("looked"),
            identity={name: _named(values, table, name) for name in _IDENTITY},
            lead=_named(values, table, "lead"),
            answer=_named(values, table, "answer"),
            outcome=_named(values, table, "outcome"),
            item=_named(values, table, "item"),
            unit=_named(values, table, "unit"),
        )
    )


def _values(table: Table) -> Words:
    number = table.table("number")
    states = {state: number.text(state) for state in ("linked", "given", "declined", "absent")}
    return table.finish(
        Words(
            yes=table.text("yes"),
            no=table.text("no"),
            unknown=table.text("unknown"),
            yen=table.text("yen"),
            number=number.finish(states),
        )
    )


def _named(values: Mapping[str, object], table: Table, key: str) -> dict[str, str]:
    """A table of words by their codes."""
    inner, names = table.table(key), values[key]
    return inner.finish({str(name): inner.text(str(name)) for name in (names if isinstance(names, Mapping) else ())})

"""What nobody has filled yet, in the order in which a form asks: where Enter goes."""

from collections.abc import Collection, Iterator

from app.domain.facts import Facts, rows_of, scalar_of
from app.domain.procedure import Procedure
from app.services.prepare_application import FormView
from app.ui.screens.application import Place


def next_open(
    procedure: Procedure, view: FormView, facts: Facts, unread: Collection[str], place: Place
) -> Place | None:
    """The first entry behind ``place`` that holds nothing, None where all are filled.

    ``unread``: ``Place.key`` of those that hold what can't be read yet. Behind a place that is not shown is nothing.
    """
    places = iter(_places(procedure, view))
    if all(one != place for one in places):
        return None
    return next((one for one in places if _is_open(facts, one) and one.key() not in unread), None)


def _places(procedure: Procedure, view: FormView) -> Iterator[Place]:
    """Every entry, also the first of a row that is still to be added: part after part, rows before other fields."""
    for section in procedure.sections:
        for rows in view.groups:
            if rows.group.section == section.id:
                for at, columns in enumerate(rows.columns):
                    yield from (Place(one.id, rows.group.id, at) for one in columns)
                if len(rows.columns) < rows.group.minimum:
                    yield Place(rows.group.fields[0].id, rows.group.id, len(rows.columns))
        yield from (Place(one.id) for one in view.fields if one.section == section.id)


def _is_open(facts: Facts, place: Place) -> bool:
    if not place.group:
        return scalar_of(facts, place.field) is None
    rows = rows_of(facts, place.group)
    return place.row >= len(rows) or rows[place.row].get(place.field) is None

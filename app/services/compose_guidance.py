"""案内票: what to do, where, by when and with which papers, in plain Japanese; nothing on it says who it is for."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.clock import business_date
from app.domain.era import wareki
from app.domain.form import FormContent, FormRow, FormSection
from app.domain.interview import Interview, Place, Suggested
from app.domain.tables import Table
from app.domain.visit_plan import Plan, Planned, Standing, rows
from app.services.compose_form import Issuer
from app.services.ports.seat import Press, Visit

FORM = "guidance_slip"
_WORDS = (
    "title", "lead", "ticket", "number", "where", "place", "until", "over", "day", "no_term", "bring", "bring_always",
    "first", "after", "between", "state", "today", "done", "told", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GuidanceWords:
    """The words of the slip by their keys in resources/text/guidance_slip.toml, and the lines at its end."""

    said: Mapping[str, str]
    ending: tuple[str, ...]

    def __getitem__(self, key: str) -> str:
        return self.said[key]


def parse_guidance_words(values: Mapping[str, object]) -> GuidanceWords:
    """Errors: DataFault for a missing, unknown or empty word."""
    table = Table(values, "guidance_slip.toml")
    return table.finish(GuidanceWords({name: table.text(name) for name in _WORDS}, table.texts("ending")))


def compose_guidance(
    about: tuple[Press, Visit], interview: Interview, plan: Plan, words: GuidanceWords, style: tuple[Issuer, str]
) -> FormContent:
    """The slip's content. ``style``: who issues it, the mark across the page in training.

    It may be seen by anybody: no name, no address, no number, and no fact that only the register knows.
    """
    (press, visit), (issuer, mark) = about, style
    listed = list(rows(interview, plan))
    numbers = {one.need.id: at for at, (_, one) in enumerate(listed, 1)}
    sections = [_section(item, one, (interview.places[one.need.place], numbers), words) for item, one in listed]
    return FormContent(
        form=FORM,
        title=words["title"],
        number=f"{words['ticket']} {visit.ticket}" if visit.ticket else "",
        issued_on=wareki(business_date(press.at)),
        issuer=issuer.title,
        addressee="",
        lead=words["lead"],
        sections=tuple(sections),
        reasons=(),
        instruction=words.ending,
        mark=mark,
    )


def _section(
    item: Planned, one: Suggested, where: tuple[Place, Mapping[str, int]], words: GuidanceWords
) -> FormSection:
    place, numbers = where
    found = [
        FormRow(words["state"], words[item.standing.value]),
        FormRow(words["where"], words["place"].format(floor=place.floor, window=place.window, name=place.plain)),
    ]
    before = sorted(numbers[name] for name in one.need.after if name in numbers)
    if item.standing is not Standing.DONE:
        found.append(FormRow(words["until"], _until(one, words)))
        if before:
            found.append(
                FormRow(words["first"], words["after"].format(numbers=words["between"].join(map(str, before))))
            )
        papers = (words["bring_always"], *(paper.plain for paper in one.papers))
        found.append(FormRow(words["bring"], "\n".join(papers)))
    if one.need.tell:
        found.append(FormRow(words["note"], one.need.tell))
    title = words["number"].format(number=numbers[one.need.id], title=one.need.plain)
    return FormSection(title, tuple(found))


def _until(one: Suggested, words: GuidanceWords) -> str:
    if not one.due:
        return words["no_term"]
    first = min(one.due, key=lambda due: due.day)
    return words["over" if first.is_over else "day"].format(day=wareki(first.day))

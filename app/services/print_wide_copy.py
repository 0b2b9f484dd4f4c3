"""広域交付: what another municipality told, set as a paper under a number of its own; each one is on record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.act import Detail
from app.domain.clock import Clock, business_date
from app.domain.era import wareki
from app.domain.tables import Table
from app.errors import DataFault
from app.services.issue_certificate import CertificatePress
from app.services.paper import Paper
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.record_act import Doing, recorded
from app.wire.certificate import Page, PageBlock, PageRow
from app.wire.jukinet import WideAreaCopy, WideAreaPerson

FORM, KIND = "residence_certificate", "wide_area_copy"
_TAIL = 8
_ITEMS = (
    "address",
    "head",
    "name",
    "kana",
    "alias",
    "former_name",
    "birth",
    "sex",
    "relation",
    "since",
    "code",
    "number",
)


@dataclass(frozen=True, slots=True)
class WideWords:
    """Words on the paper. ``statement`` names ``{place}``; ``items``: id → label; ``sex``: code → word."""

    title: str
    stamp: str
    statement: str
    items: Mapping[str, str]
    sex: Mapping[str, str]


def parse_wide_words(values: Mapping[str, object]) -> WideWords:
    """Errors: DataFault for a missing, unknown or empty word."""
    table = Table(values, "wide_copy.toml")
    items, sex = table.table("items"), table.table("sex")
    words = WideWords(
        title=table.text("title"),
        stamp=table.text("stamp"),
        statement=table.text("statement"),
        items=items.finish({name: items.text(name) for name in _ITEMS}),
        sex=sex.finish({code: sex.text(code) for code in ("1", "2")}),
    )
    if "{place}" not in words.statement:
        raise DataFault(what="statement", place="wide_copy.toml")
    return table.finish(words)


@dataclass(frozen=True, slots=True)
class WideCopy:
    """A copy as it was told for request ``request_id`` by the municipality ``place``. ``count``: which paper of it.

    ``visit_id``: in which visit, "" in none.
    """

    copy: WideAreaCopy
    place: str
    count: int
    visit_id: str = ""

    @property
    def number(self) -> str:
        """On the paper and in the record: the request's end, and which paper of it."""
        return f"W-{self.copy.request_id[-_TAIL:].upper()}-{self.count}"

    @property
    def bears_number(self) -> bool:
        """Whether a 個人番号 stands on it."""
        return any(one.my_number for one in self.copy.persons)


class PrintWideCopy:
    """The use case. ``papers``: how certificates of this municipality are set, and who certifies here."""

    def __init__(self, papers: CertificatePress, words: WideWords, journal: Journal, clock: Clock) -> None:
        self._papers, self._words, self._journal, self._clock = papers, words, journal, clock

    def make(self, press: Press, session: Session, wide: WideCopy) -> Paper:
        """The paper; the act is kept before it can be printed. Errors: FormFault, StoreError. Time: some 0.1 s."""
        persons = len(wide.copy.persons)
        what: dict[str, Detail] = {"number": wide.number, "persons": persons, "bears_number": wide.bears_number}
        doing = Doing("network.copy_made", wide.visit_id, wide.copy.request_id, what)
        return recorded(self._journal, (press, session), doing, lambda: self._set(wide))

    def _set(self, wide: WideCopy) -> Paper:
        copy, words = wide.copy, self._words
        page = Page(
            form=FORM,
            title=words.title,
            number=wide.number,
            day=business_date(self._clock.now()),
            statement=words.statement.format(place=wide.place),
            blocks=(self._household(copy), *map(self._person, copy.persons)),
            marks=(words.stamp,),
            bears_number=wide.bears_number,
        )
        paper = self._papers.set(page, visit=wide.visit_id, kind=KIND)
        return replace(paper, mark=replace(paper.mark, about=copy.request_id))

    def _household(self, copy: WideAreaCopy) -> PageBlock:
        return self._section((("address", copy.address), ("head", copy.household_head)))

    def _person(self, one: WideAreaPerson) -> PageBlock:
        return self._section((
            ("name", one.name),
            ("kana", one.legal_kana),
            ("alias", one.alias),
            ("former_name", one.former_name),
            ("birth", one.birth_written or wareki(one.birth)),
            ("sex", self._words.sex.get(one.sex, "")),
            ("relation", one.relation),
            ("since", "" if one.since is None else wareki(one.since)),
            ("code", one.resident_code),
            ("number", one.my_number),
        ))

    def _section(self, said: tuple[tuple[str, str], ...]) -> PageBlock:
        """What is empty was not told, and gets no line."""
        rows = (PageRow(item=item, label=self._words.items[item], value=value) for item, value in said if value)
        return PageBlock(title="", rows=tuple(rows))

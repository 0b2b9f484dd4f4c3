"""副本: what is registered of one person, row by row; entered by hand, or deleted with a reason."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from app.domain.provision_rules import FLAG, NUMBER, InformationRule
from app.services.ports.seat import Press, Session
from app.services.tend_replica import DELETE, ENTER, READ
from app.ui.flows.exchange_flow import ExchangeActs, ExchangeFlow
from app.ui.flows.exchange_form import FormAsked, Values, reason_field
from app.ui.kit import Kit
from app.ui.screens.exchange_screen import ColumnLook, ExchangeLook, ExchangeScreen, LineShown
from app.ui.screens.network_screen import Deed
from app.ui.screens.register_fields import FieldShown
from app.ui.widgets.table import Cell
from app.wire.desk import Scalar
from app.wire.replica_file import DeleteReplica, EnterReplica, FindReplica, FoundReplica, ReplicaView

_ITEM = "item."


def replica_screen(kit: Kit) -> ExchangeScreen:
    """The form above, the rows with their items below."""
    words, common = kit.texts.exchange.replica, kit.texts.exchange.common
    look = ExchangeLook(
        title=words.title,
        name=words.list,
        columns=(
            ColumnLook(words.information),
            ColumnLook(words.kind, 150),
            ColumnLook(words.version, 80, is_number=True),
            ColumnLook(words.changed, 150),
            ColumnLook(words.file, 220),
            ColumnLook(words.marks, 200),
        ),
        before=common.before,
        deeds=(
            Deed("look", common.look, "search", common.look_key, is_primary=True),
            Deed("enter", words.enter, "copy", words.enter_key),
            Deed("fresh", words.fresh, "next_visit", words.fresh_key),
            Deed("delete", words.delete, "return_case", words.delete_key),
        ),
        facts_name=words.facts,
        facts_rows=4,
        list_rows=2,
    )
    return ExchangeScreen(kit, look)


class ReplicaFlow(ExchangeFlow):
    """``enter_asked`` and ``delete_asked`` carry a ``FormAsked``."""

    enter_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, kit: Kit, screen: ExchangeScreen, acts: ExchangeActs) -> None:
        super().__init__(kit, screen, acts)
        self._found: FoundReplica | None = None

    def begin(self, session: Session) -> None:
        """Open the form."""
        self.enter(session)
        owners = self.owners(READ)
        self._values["owner"] = owners[0][0] if owners else ""
        fields = (
            FieldShown("owner", self.words.common.owner, "choice", owners, required=True),
            FieldShown("person", self.words.common.person, required=True),
        )
        self.screen.show_form(fields, self._values)
        self._offer()

    def end(self) -> None:
        super().end()
        self._found = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        return {"look": self.look, "enter": self._enter, "fresh": self._fresh, "delete": self._delete}

    def look(self) -> None:
        """Read it (again)."""
        number, wrong = self.number("person")
        self.screen.show_missing({"person": wrong} if wrong else {})
        if wrong:
            return
        asked = FindReplica(owner=self.said("owner"), person=number)
        self.read(lambda press, it: self._cases.replica.find(press, it, asked), self._on_read)

    def _on_read(self, found: FoundReplica) -> None:
        self._found = found
        words = self.words.replica
        self.screen.show_lines([self._line(one) for one in found.rows], words.none)
        self.screen.show_lead(words.of(found.person, len(found.rows)))
        self._offer()
        self.screen.to_list()

    def _line(self, row: ReplicaView) -> LineShown:
        words = self.words.replica
        marks = [
            self.word("flag_kind", name)
            for name, is_set in (("no_auto_answer", row.no_auto_answer), ("non_disclosure", row.non_disclosure))
            if is_set
        ]
        marked = self._kit.texts.office.between.join(marks)
        cells = (
            self.about(row.information, row.tax_year),
            self.word("answer_kind", row.kind),
            str(row.version),
            self.at(row.changed_at),
            row.file_id or words.by_hand,
            Cell(marked, "warning") if marks else words.no_marks,
        )
        return LineShown(f"{row.information}/{row.tax_year}", cells, self.items(row.items))

    def _marked(self) -> ReplicaView | None:
        rows = () if self._found is None else self._found.rows
        return next((one for one in rows if f"{one.information}/{one.tax_year}" == self.screen.marked()), None)

    def _offer(self) -> None:
        owner, deeds = self.said("owner"), ["look"]
        if self._found is not None and owner in dict(self.owners(ENTER)):
            deeds += ["fresh", "enter"] if self._found.rows else ["fresh"]
        if self._found is not None and self._found.rows and owner in dict(self.owners(DELETE)):
            deeds.append("delete")
        self.screen.show_deeds(deeds)

    def _fresh(self) -> None:
        """The first kind of information of the owner, of this year where it belongs to one."""
        rule = next((one for one in self._acts.rules.information.values() if one.owner == self.said("owner")), None)
        if rule is not None:
            self._ask_row(rule, None)

    def _enter(self) -> None:
        row = self._marked()
        rule = None if row is None else self._acts.rules.information.get(row.information)
        if rule is not None:
            self._ask_row(rule, row)

    def _ask_row(self, rule: InformationRule, row: ReplicaView | None) -> None:
        words, found, owner = self.words.replica_row, self._found, self.said("owner")
        if found is None:
            return
        forms: dict[str, tuple[tuple[str, str], ...]] = {
            FLAG: (("yes", self.words.common.yes), ("no", self.words.common.no))
        }
        items = tuple(
            FieldShown(
                _ITEM + name,
                self.word("answer_item", name),
                "choice" if kind in forms else "text",
                forms.get(kind, ()),
                support=words.number_support if kind == NUMBER else "",
            )
            for name, kind in rule.items.items()
        )
        kinds = tuple(one for one in self.options("answer_kind") if one[0] in {"value", "undeclared", "no_data"})
        year = (FieldShown("year", words.year, required=True),) if rule.by_year else ()
        fields = (*year, FieldShown("kind", words.kind, "choice", kinds, required=True), *items)
        values = {"year": str(self.today().year), "kind": "value"}
        if row is not None:
            values = {"year": str(row.tax_year), "kind": row.kind}
            values |= {_ITEM + name: _typed(value) for name, value in row.items.items()}

        def work(press: Press, it: Session, said: Values, _: str) -> object:
            tax_year = int(said["year"]) if rule.by_year else 0
            same = [one for one in found.rows if (one.information, one.tax_year) == (rule.name, tax_year)]
            asked = EnterReplica(
                owner=owner,
                person=found.person,
                information=rule.name,
                tax_year=tax_year,
                kind=said["kind"],
                items=_read(rule, said) if said["kind"] == "value" else {},
                version=same[0].version if same else 0,
            )
            return self._cases.replica.enter(press, it, asked)

        def faults(said: Values) -> dict[str, str]:
            wrong = {
                _ITEM + name: words.number_wrong
                for name, kind in rule.items.items()
                if kind == NUMBER and said[_ITEM + name] and not _is_number(said[_ITEM + name])
            }
            if rule.by_year and not said["year"].isdecimal():
                wrong["year"] = words.year_wrong
            return wrong

        told = (words.done, words.done_text)
        lead = words.lead(rule.name, found.person)
        self.enter_asked.emit(FormAsked(lead, fields, work, told, values, faults))

    def _delete(self) -> None:
        row, found, words, owner = self._marked(), self._found, self.words.replica_delete, self.said("owner")
        if row is None or found is None:
            return

        def work(press: Press, it: Session, said: Values, _: str) -> object:
            asked = DeleteReplica(
                owner=owner,
                person=found.person,
                information=row.information,
                tax_year=row.tax_year,
                version=row.version,
                reason=said["reason"],
            )
            return self._cases.replica.delete(press, it, asked)

        lead = words.lead(self.about(row.information, row.tax_year), found.person)
        fields = (reason_field(words.reason, self.reasons("delete")),)
        self.delete_asked.emit(FormAsked(lead, fields, work, (words.done, words.done_text)))


def _typed(value: Scalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _is_number(text: str) -> bool:
    plain = text.replace(",", "").removeprefix("-")
    return plain.isascii() and plain.isdigit()


def _read(rule: InformationRule, said: Values) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {}
    for name, kind in rule.items.items():
        text = said[_ITEM + name]
        if not text:
            continue
        if kind == NUMBER:
            found[name] = int(text.replace(",", ""))
        elif kind == FLAG:
            found[name] = text == "yes"
        else:
            found[name] = text
    return found

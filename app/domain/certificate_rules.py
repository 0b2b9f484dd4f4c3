"""証明書の決まり: kinds of certificates, what stands on them, who may ask for them, as read from the shipped table."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from app.domain.person import Capacity
from app.domain.rights import ItemClass
from app.domain.tables import Table
from app.errors import NotUnderstood


class Of(StrEnum):
    """Of which record a certificate is made."""

    PRESENT = "present"
    REMOVED = "removed"
    """除票."""
    LEAVING = "leaving"
    LEFT = "left"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items that are asked for together. ``is_elided``: where they are left out that is written.

    ``only``: japanese, foreign or "" for everybody; ``guarded``: the class that whoever prints it needs a right for;
    ``is_number``: 個人番号 or 住民票コード, which never go to whom the capacity does not let have them.
    """

    id: str
    title: str
    items: tuple[str, ...]
    is_elided: bool
    only: str
    guarded: ItemClass | None
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateKind:
    """One kind. ``items`` always stand on it; ``choices``: groups that may be asked for.

    ``by_card``: 印鑑登録証 takes the place of papers of authority; ``keeps_first``: 再交付 shows the first state.
    ``left_by``: by which changes whoever it is about left; ``elides``: 省略 is written for what was not asked for.
    """

    id: str
    title: str
    form: str
    of: Of
    statement: str
    capacities: frozenset[Capacity]
    items: tuple[str, ...]
    choices: tuple[str, ...]
    left_by: frozenset[str]
    by_card: bool
    is_single: bool
    keeps_first: bool
    elides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRules:
    """Everything the table says. ``labels``: item → what stands before it; ``words``: what the pages say besides."""

    kinds: Mapping[str, CertificateKind]
    groups: Mapping[str, ItemGroup]
    labels: Mapping[str, str]
    words: Mapping[str, str]
    sexes: Mapping[str, str]
    spoil_reasons: tuple[str, ...]
    copies_most: int
    persons_most: int
    late_days: int

    def kind(self, name: str) -> CertificateKind:
        """Errors: NotUnderstood for a kind that there is not."""
        found = self.kinds.get(name)
        if found is None:
            raise NotUnderstood(what="kind")
        return found

    def offered(self, kind: CertificateKind) -> tuple[ItemGroup, ...]:
        """The groups that may be asked for, in their order."""
        return tuple(self.groups[name] for name in kind.choices)

    def guarded(self, kind: CertificateKind, chosen: Set[str]) -> frozenset[ItemClass]:
        """The classes that stand on such a page."""
        return frozenset(one.guarded for one in self._standing(kind, chosen) if one.guarded is not None)

    def bears_number(self, kind: CertificateKind, chosen: Set[str]) -> bool:
        """Whether 個人番号 or 住民票コード stands on it."""
        return any(one.is_number for one in self._standing(kind, chosen))

    def _standing(self, kind: CertificateKind, chosen: Set[str]) -> Sequence[ItemGroup]:
        """The groups with an item on the page."""
        return [one for one in self.groups.values() if one.id in chosen or not set(one.items).isdisjoint(kind.items)]


def parse_certificates(values: Mapping[str, object]) -> CertificateRules:
    """Read resources/tables/certificates.toml. Errors: DataFault naming the place."""
    table = Table(values, "certificates")
    if table.count("version") != 1:
        raise table.fault("version", "version")
    groups = {one.id: one for one in map(_group, table.tables("group"))}
    kinds = [_kind(one) for one in table.tables("kind")]
    labels, words = table.table("label"), table.table("words")
    sexes = words.table("sex")
    rules = CertificateRules(
        kinds={one.id: one for one in kinds},
        groups=groups,
        labels=_texts(labels, values.get("label")),
        sexes=_texts(sexes, _under(values.get("words"), "sex")),
        words=_texts(words, values.get("words")),
        spoil_reasons=table.texts("spoil_reasons"),
        copies_most=table.count("copies_most"),
        persons_most=table.count("persons_most"),
        late_days=table.count("late_days"),
    )
    used = {item for one in kinds for item in one.items} | {item for one in groups.values() for item in one.items}
    if len(rules.kinds) != len(kinds) or not used <= rules.labels.keys():
        raise table.fault("unknown_value", "kind")
    if not {choice for one in kinds for choice in one.choices} <= groups.keys():
        raise table.fault("unknown_value", "choices")
    return table.finish(rules)


def _under(values: object, key: str) -> object:
    return values.get(key) if isinstance(values, Mapping) else None


def _texts(table: Table, values: object) -> dict[str, str]:
    """Every text of a table of words."""
    names = (
        [str(name) for name, value in values.items() if isinstance(value, str)] if isinstance(values, Mapping) else []
    )
    return table.finish({name: table.text(name) for name in names})


def _group(one: Table) -> ItemGroup:
    guarded, only = one.text("guarded", ""), one.text("only", "")
    if guarded and guarded not in set(ItemClass):
        raise one.fault("unknown_value", "guarded")
    if only not in {"", "japanese", "foreign"}:
        raise one.fault("unknown_value", "only")
    return one.finish(
        ItemGroup(
            id=one.text("id"),
            title=one.text("title"),
            items=one.texts("items"),
            is_elided=one.flag("elided", default=False),
            only=only,
            guarded=ItemClass(guarded) if guarded else None,
            is_number=one.flag("is_number", default=False),
        )
    )


def _kind(one: Table) -> CertificateKind:
    one.text("confidence")
    of, capacities, authority = one.text("of"), one.texts("capacities"), one.text("authority", "paper")
    if of not in set(Of):
        raise one.fault("unknown_value", "of")
    if not capacities or not set(capacities) <= set(Capacity):
        raise one.fault("unknown_value", "capacities")
    if authority not in {"paper", "card"}:
        raise one.fault("unknown_value", "authority")
    return one.finish(
        CertificateKind(
            id=one.text("id"),
            title=one.text("title"),
            form=one.text("form"),
            of=Of(of),
            statement=one.text("statement"),
            capacities=frozenset(map(Capacity, capacities)),
            items=one.texts("items"),
            choices=one.texts("choices"),
            left_by=frozenset(one.texts("left_by")),
            by_card=authority == "card",
            is_single=one.flag("single", default=False),
            keeps_first=one.flag("keeps_first", default=False),
            elides=one.flag("elides", default=True),
        )
    )

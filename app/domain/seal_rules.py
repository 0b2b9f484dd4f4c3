"""印鑑登録の決まり: who may register which seal, by which way, and when a registration ends, as data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.imprint import Imprint, ImprintLimits
from app.domain.tables import Table
from app.errors import NotUnderstood, Refused

ASKED, OFFICE, ITSELF = "asked", "office", "itself"


@dataclass(frozen=True, slots=True)
class SealWay:
    """How somebody is confirmed for a registration. ``needs``: photo, guarantor or letter."""

    id: str
    title: str
    by: frozenset[str]
    needs: str


@dataclass(frozen=True, slots=True)
class SealNames:
    """The names that may stand on a seal: as registered, each with its parts apart by a space."""

    name: str
    former_name: str = ""
    alias: str = ""
    kana: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealRules:
    """Everything the table says; sizes in tenths of a millimetre. ``shapes``, ``reasons``: id → title and what of it.

    ``letter``: the words of a 照会書.
    """

    least_age: int
    least_size: int
    most_size: int
    limits: ImprintLimits
    letter_days: int
    card_digits: int
    shapes: Mapping[str, tuple[str, bool]]
    ways: Mapping[str, SealWay]
    reasons: Mapping[str, tuple[str, str]]
    letter: Mapping[str, str]

    def demand_age(self, birth: date, today: date) -> None:
        """Errors: Refused ``seal_too_young``."""
        had_birthday = (today.month, today.day) >= (birth.month, birth.day)
        if today.year - birth.year - (not had_birthday) < self.least_age:
            raise Refused("seal_too_young", age=self.least_age)

    def demand_size(self, imprint: Imprint) -> None:
        """Errors: Refused ``seal_too_small``, ``seal_too_big``."""
        if max(imprint.ink) <= self.least_size:
            raise Refused("seal_too_small")
        if max(imprint.ink) > self.most_size:
            raise Refused("seal_too_big")

    def demand_shape(self, shape: str) -> None:
        """Errors: NotUnderstood; Refused ``seal_shape``."""
        if shape not in self.shapes:
            raise NotUnderstood(what="shape")
        if self.shapes[shape][1]:
            raise Refused("seal_shape")

    def way(self, name: str) -> SealWay:
        """Errors: NotUnderstood for a way that there is not."""
        if name not in self.ways:
            raise NotUnderstood(what="way")
        return self.ways[name]


def fits(text: str, names: SealNames, fold: Callable[[str], str]) -> bool:
    """Whether a seal shows the name, the surname, the given name, the 旧氏 or 通称, or what is put together of them.

    ``fold`` makes variants of a character equal. Nothing else may stand on a seal (a profession, a picture).
    Source: 印鑑登録証明事務処理要領, published.
    """
    shown = fold(text)
    return bool(shown) and shown in {fold(one) for one in _writings(names)}


def _writings(names: SealNames) -> Sequence[str]:
    family, _, given = names.name.partition("　")
    surnames = [one for one in (family, names.former_name) if one]
    found = [names.name, *surnames, given, names.alias, *names.alias.split("　"), names.kana, *names.kana.split("　")]
    found += [surname + given for surname in surnames]
    found += [surname + given[0] for surname in surnames if given]
    return [one for one in found if one]


def parse_seals(values: Mapping[str, object]) -> SealRules:
    """Read resources/tables/seals.toml. Errors: DataFault naming the place."""
    table = Table(values, "seals")
    if table.count("version") != 1:
        raise table.fault("version", "version")
    limits = ImprintLimits(table.count("most_bytes"), table.count("most_pixels"), table.count("least_dots"))
    rules = SealRules(
        least_age=table.count("least_age"),
        least_size=table.count("least_size"),
        most_size=table.count("most_size"),
        limits=limits,
        letter_days=table.count("letter_days"),
        card_digits=table.count("card_digits"),
        shapes=dict(_shape(one) for one in table.tables("shape")),
        ways={one.id: one for one in map(_way, table.tables("way"))},
        reasons=dict(_reason(one) for one in table.tables("reason")),
        letter=_letter(table.table("letter")),
    )
    return table.finish(rules)


_LETTER = ("title", "statement", "number", "name", "address", "until", "text", "answer")


def _letter(one: Table) -> Mapping[str, str]:
    return one.finish({name: one.text(name) for name in _LETTER})


def _shape(one: Table) -> tuple[str, tuple[str, bool]]:
    one.text("confidence")
    return one.finish((one.text("id"), (one.text("title"), one.flag("refused"))))


def _way(one: Table) -> SealWay:
    one.text("confidence")
    needs = one.text("needs")
    if needs not in {"photo", "guarantor", "letter"}:
        raise one.fault("unknown_value", "needs")
    return one.finish(SealWay(one.text("id"), one.text("title"), frozenset(one.texts("by")), needs))


def _reason(one: Table) -> tuple[str, tuple[str, str]]:
    one.text("confidence")
    by = one.text("by")
    if by not in {ASKED, OFFICE, ITSELF}:
        raise one.fault("unknown_value", "by")
    return one.finish((one.text("id"), (one.text("title"), by)))

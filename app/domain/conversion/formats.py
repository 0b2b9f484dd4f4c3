"""All formats of an installation: layouts with their charsets and code tables, checked against each other at start."""

from collections.abc import Mapping, Sequence

from app.domain.conversion.charsets import Charset, Code, NamedCode
from app.domain.conversion.ebcdic import EbcdicCode, parse_ebcdic
from app.domain.conversion.layout import Form, Kind, Layout, parse_codes, parse_layout
from app.domain.conversion.records import Records
from app.domain.conversion.values import Converter
from app.domain.tables import Table
from app.errors import DataFault, Refused

NAMED = ("cp932", "euc_jp", "utf-8", "euc_jis_2004", "shift_jis_2004")
"""Charsets of the language itself; the last two are JIS X 0213."""
HOST = {"ibm930": "kana", "ibm939": "latin"}
"""EBCDIC漢字: name → its one-byte table."""

Tables = Mapping[str, object]


class Formats:
    """What files of business systems may look like."""

    def __init__(self, records: Mapping[str, Records]) -> None:
        self._records = records

    def of(self, layout: str, use: str) -> Records:
        """Files of ``layout`` for ``use``. Errors: Refused ``unknown_layout``."""
        found = self._records.get(layout)
        if found is None or found.layout.use != use:
            raise Refused("unknown_layout")
        return found

    def layouts(self) -> tuple[Layout, ...]:
        """All of them, by id."""
        return tuple(self._records[name].layout for name in sorted(self._records))


def parse_charsets(values: Tables, host: Tables, file: str = "") -> dict[str, Charset]:
    """Every charset by its name. ``host``: the EBCDIC table. Errors: DataFault."""
    table = Table(values, file)
    if table.count("version") != 1:
        raise table.fault("version", "version")
    shapes: dict[str, str] = {}
    for pair in table.texts("shapes"):
        if len(pair) != 2:  # noqa: PLR2004 -- a pair
            raise table.fault("wrong_kind", "shapes")
        shapes |= {pair[0]: pair[1], pair[1]: pair[0]}
    external: dict[str, dict[str, str]] = {}
    for one in table.tables("external"):
        private = chr(int(one.text("code"), 16))
        external.setdefault(one.text("charset"), {})[private] = one.text("stands_for")
        one.finish(None)
    codes: dict[str, Code] = {name: NamedCode(name) for name in NAMED}
    codes |= {name: EbcdicCode(parse_ebcdic(host, single, "ibm.toml")) for name, single in HOST.items()}
    return table.finish({name: Charset(name, code, external.get(name, {}), shapes) for name, code in codes.items()})


def build_formats(layouts: Sequence[tuple[str, Tables]], codes: Tables, charsets: Mapping[str, Charset]) -> Formats:
    """Formats of ``(file name, tables)`` of each layout. Errors: DataFault for one that does not fit."""
    known = parse_codes(codes, "codes.toml")
    found: dict[str, Records] = {}
    for file, values in layouts:
        layout = parse_layout(values, file)
        charset = charsets.get(layout.charset)
        is_host = layout.charset in HOST and (layout.form is Form.CSV or layout.newline != b"")
        lacking = [one for one in layout.fields if one.kind is Kind.CODE and one.codes not in known]
        if charset is None or is_host or lacking or layout.id in found:
            raise DataFault(what="layout_does_not_fit", place=file)
        found[layout.id] = Records(layout, Converter(layout, charset, known))
    return Formats(found)

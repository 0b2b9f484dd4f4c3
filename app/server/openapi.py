"""What a slice offers, written as OpenAPI 3.1: one document for each slice, made of the same table that is served.

Schemas come from the messages themselves, which take no unknown field, so every object says ``additionalProperties:
false``. Nothing here is served: who integrates a slice gets the files from ``madoguchi-server openapi``.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from app.server.door import MAX_KEY, STATUS
from app.wire.endpoint import Caller, Endpoint
from app.wire.message import VERSION
from app.wire.problem import Problem

_REF = "#/components/schemas/{name}"
REFUSED = frozenset({*STATUS.values(), 422})
"""Every status with which an error leaves the door; 422 is any other error that has a code."""
_WHO = {
    Caller.STAFF: "A member of staff with the right `{act}`, signed in at an enrolled terminal.",
    Caller.TERMINAL: "An enrolled terminal; nobody is signed in yet.",
    Caller.NEWCOMER: "A PC that is not enrolled, at the enrolment door.",
    Caller.SLICE: "The slice `{act}` of any municipality this one exchanges with; the message is a signed letter.",
}


def documents(endpoints: Iterable[Endpoint]) -> dict[str, dict[str, Any]]:
    """A document for each slice, by the first part of its paths."""
    slices: dict[str, list[Endpoint]] = {}
    for one in endpoints:
        slices.setdefault(one.path.strip("/").split("/")[0], []).append(one)
    return {name: _document(name, found) for name, found in sorted(slices.items())}


def write(endpoints: Iterable[Endpoint], folder: Path) -> list[Path]:
    """The documents as files in ``folder``, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, document in documents(endpoints).items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _document(name: str, endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    kinds = list(dict.fromkeys([kind for one in endpoints for kind in (one.takes, one.gives)] + [Problem]))
    schemas, parts = msgspec.json.schema_components(kinds, ref_template=_REF)
    known = dict(zip(kinds, schemas, strict=True))
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Madoguchi: {name}", "version": str(VERSION)},
        "paths": {one.path: {"post": _operation(one, known)} for one in endpoints},
        "components": {
            "schemas": parts,
            "securitySchemes": {
                "certificate": {"type": "mutualTLS"},
                "session": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _operation(one: Endpoint, known: Mapping[type[Any], Mapping[str, Any]]) -> dict[str, Any]:
    who = _WHO[one.caller].format(act=one.act.removeprefix("slice."))
    lock: dict[str, list[str]] = {"certificate": []}
    if one.caller is Caller.STAFF:
        lock["session"] = []
    return {
        "operationId": one.path.strip("/").replace("/", "_").replace("-", "_"),
        "description": who,
        "security": [lock],
        "parameters": [_header("madoguchi-trace"), _header("madoguchi-key")],
        "requestBody": {"required": True, "content": _json(known[one.takes])},
        "responses": {
            "200": {"description": "Done.", "content": _json(known[one.gives])},
            **{str(status): _refused(known[Problem]) for status in sorted(REFUSED)},
        },
    }


def _header(name: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": MAX_KEY}
    return {"name": name, "in": "header", "required": True, "schema": schema}


def _refused(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": "Refused, with a code and its data; nothing was done.", "content": _json(schema)}


def _json(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": dict(schema)}}

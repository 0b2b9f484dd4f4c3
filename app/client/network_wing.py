"""The resident network in the window: its room behind the door of the office's other work, and what it asks for."""

import json

from app.client.counter import Counter
from app.domain.resident_network_rules import parse_network_rules
from app.shipped import read_toml, resource
from app.ui.background import Lane
from app.ui.flows.network_check import Reader
from app.ui.flows.network_flow import NetworkActs
from app.ui.flows.network_room import NetworkRoom
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.pin_entry import Faces
from app.ui.kit import Kit

_PATH = "juki"


def network_acts(counter: Counter, kit: Kit, means: OfficeMeans) -> NetworkActs:
    """What the flows of the room are handed."""
    cases = counter.cases
    return NetworkActs(
        means=means,
        use=cases.use_network,
        levels=cases.keep_levels_same,
        boundary=cases.tend_boundary,
        tasks=network_tasks(counter, kit),
        places=municipality_names() | dict(counter.settings.municipalities),
    )


def network_tasks(counter: Counter, kit: Kit) -> tuple[tuple[str, str], ...]:
    """Tasks for which the law lets one ask: procedures whose files name the network, and those of the register."""
    rules = parse_network_rules(read_toml("tables", "resident_network.toml"), is_training=counter.settings.is_training)
    named = {
        name: one.short_title
        for name, one in counter.procedures.items()
        if name in rules.register_tasks or any(row.path == _PATH for row in one.enquiries)
    }
    rest = {name: kit.messages.word("network_task", name) for name in sorted(rules.register_tasks - named.keys())}
    return tuple((named | rest).items())


def municipality_names() -> dict[str, str]:
    """Code → name, as published."""
    rows = json.loads(resource("data", "ward-codes.json").read_text(encoding="utf-8"))["rows"]
    return {row["code"]: row["name"] for row in rows}


def network_room(counter: Counter, kit: Kit, faces: Faces, means: OfficeMeans, reader: Lane) -> NetworkRoom:
    """The room with its screens; nobody is in it yet. ``reader``: the lane on which cards are read."""
    return NetworkRoom(kit, faces, network_acts(counter, kit, means), Reader(counter.cases.read_shown_card, reader))

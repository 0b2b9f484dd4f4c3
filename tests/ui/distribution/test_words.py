"""S04-2, S04-5: every item that can be passed on, every state and event of a system speaks Japanese."""

from app.backend.residentbase import ports
from app.ui.flows.distribution_use_form import UseFormFlow
from app.ui.messages import load_messages
from app.wire.resident_base import ITEMS
from tests.edge.backend.residentbase.world import RULES


def words(table: str) -> set[str]:
    return {code for code, _ in load_messages().words(table)}


def test_every_item_state_and_event_has_its_word() -> None:
    assert words("register_item") >= set(ITEMS)
    states = {ports.WAITING, ports.APPROVED, ports.REFUSED, ports.WITHDRAWN, ports.ENDED}
    assert words("use_state") == states
    assert words("base_state") == {"none", ports.OPEN, ports.SUSPENDED, ports.STOPPED}
    assert words("linkage_event") == {"sent", "sent_again", "fetched", "read"}
    assert words("base_cause") >= {"ahead", "no_longer_kept", "not_approved", "fault", "office.unreachable"}
    assert UseFormFlow.form in words("entry_form")


def test_every_system_of_the_list_says_on_what_it_rests() -> None:
    assert all(one.ground for one in RULES.systems.values())

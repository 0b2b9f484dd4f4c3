"""S05-0: what a party, its entries and its tax data can be speaks Japanese."""

from app.client.social_wing import shipped_social_rules
from app.domain.register_rules import parse_register_rules
from app.shipped import read_toml
from app.ui.flows.social_entry import AccountFlow, ContactFlow, DeliveryFlow
from app.ui.flows.social_form import PartyFormFlow
from app.ui.messages import load_messages
from app.ui.screens.social_party import PARTS


def words(table: str) -> set[str]:
    return {code for code, _ in load_messages().words(table)}


def test_every_kind_state_cause_and_item_has_its_word() -> None:
    rules = shipped_social_rules()
    kinds = parse_register_rules(read_toml("tables", "register_entries.toml"), read_toml("tables", "relations.toml"))
    assert words("tax_item") == rules.tax_items
    assert words("contact_how") == rules.hows
    assert words("social_part") == set(PARTS)
    own = {"entered", "corrected", "merged", "unmerged", "protected", "unprotected", "restraint"}
    assert words("party_cause") == own | kinds.kinds.keys()
    assert words("asked_by") == {"self", "representative", "family", "official"}
    assert words("merge_state") == {"alike", "proposed", "turned_down", "merged", "undoing", "undone"}


def test_every_form_that_is_kept_half_typed_has_its_title() -> None:
    forms = {one.form for one in (PartyFormFlow, DeliveryFlow, ContactFlow, AccountFlow)}
    assert forms <= words("entry_form")

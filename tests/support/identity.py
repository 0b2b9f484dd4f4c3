"""The use cases of confirming a person, put together for windows in tests."""

from typing import Any

from app.domain.clock import SystemClock, SystemRandom
from app.services.ask_questions import AskQuestions
from app.services.card_port import CardReaders
from app.services.check_readers import CheckReaders
from app.services.confirm_authority import ConfirmAuthority
from app.services.known_facts import Relations
from app.services.ports.memory import Journal
from app.services.prove_holder import ProveHolder
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.services.search_network import SearchNetwork
from app.shipped import read_toml
from app.trust.certificate_anchors import load_certificate_anchors
from app.trust.licence_proof import load_licence_anchors
from app.trust.residence_proof import load_residence_anchors
from tests.support.cards import RESOURCES
from tests.support.documents import CAPACITIES, DOCUMENTS, QUESTIONS
from tests.support.proving import KnowingOffice

ANCHORS = RESOURCES / "anchors"


def identity_acts(readers: CardReaders, journal: Journal, office: KnowingOffice) -> dict[str, Any]:
    """By their names in ``VisitActs``; ``office`` knows what was revoked."""
    clock, random = SystemClock(), SystemRandom()
    certificates = load_certificate_anchors(ANCHORS, production=False)
    return {
        "confirm_authority": ConfirmAuthority(
            journal, CAPACITIES, Relations.parse(read_toml("tables", "relations.toml"))
        ),
        "ask_questions": AskQuestions(journal, DOCUMENTS, QUESTIONS),
        "prove_holder": ProveHolder(readers, certificates, office, clock=clock, random=random),
        "read_licence": ReadLicence(readers, load_licence_anchors(ANCHORS, production=False), clock=clock),
        "read_residence": ReadResidence(
            readers, load_residence_anchors(ANCHORS, production=False), clock=clock, random=random
        ),
        "search_network": SearchNetwork(None, journal),
        "check_readers": CheckReaders(readers),
    }

"""Whose signatures on cards and certificates count at a counter, as they ship with the program."""

from dataclasses import dataclass

from app.shipped import resource
from app.trust.card_proof import CardAnchors, load_anchors
from app.trust.certificate_anchors import CertificateAnchors, load_certificate_anchors
from app.trust.licence_proof import LicenceAnchors, load_licence_anchors
from app.trust.residence_proof import ResidenceAnchors, load_residence_anchors


@dataclass(frozen=True, slots=True)
class Anchors:
    """Whose signatures count, by kind of card."""

    cards: CardAnchors
    certificates: CertificateAnchors
    licences: LicenceAnchors
    residence: ResidenceAnchors


def shipped_anchors(*, production: bool) -> Anchors:
    """Those that ship with the program; training's own never together with those of service."""
    folder = resource("anchors")
    return Anchors(
        load_anchors(folder, production=production),
        load_certificate_anchors(folder, production=production),
        load_licence_anchors(folder, production=production),
        load_residence_anchors(folder, production=production),
    )

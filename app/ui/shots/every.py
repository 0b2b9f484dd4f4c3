"""The list of all pictures; a new screen adds its module here."""

from app.ui.shots import (
    access,
    admin,
    admin_office,
    boundary,
    card,
    certificates,
    distribution,
    entrance,
    extracts,
    gallery,
    ledger_alarms,
    network,
    register,
    register_restraints,
    review,
    social,
    stopped,
    threshold,
    training,
    visit,
)
from app.ui.shots.stage import Shot, Stage


def every_shot(stage: Stage) -> tuple[Shot, ...]:
    """All shots, in the order of a day at the counter."""
    return (
        *entrance.shots(stage),
        *threshold.shots(stage),
        *training.shots(stage),
        *visit.shots(stage),
        *certificates.shots(stage),
        *card.shots(stage),
        *review.shots(stage),
        *admin.shots(stage),
        *admin_office.shots(stage),
        *access.shots(stage),
        *ledger_alarms.shots(stage),
        *register.shots(stage),
        *register_restraints.shots(stage),
        *distribution.shots(stage),
        *social.shots(stage),
        *network.shots(stage),
        *boundary.shots(stage),
        *stopped.shots(stage),
        *extracts.shots(stage),
        *gallery.shots(stage),
    )

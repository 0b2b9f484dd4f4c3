"""A person takes another password: the office checks both factors, then the work on this PC hangs on the new one."""

from app.domain.password_rules import password_fault
from app.domain.secret import Secret
from app.errors import Refused
from app.services.entrance import Entrance, Given, Proof
from app.services.ports.memory import Journal
from app.services.ports.seat import Press, Session
from app.services.ports.staff_card import CardAsked
from app.services.record_act import Doing, recorded
from app.services.sign_in import Held


class ChangePassword:
    """The use cases: of somebody at work, and of somebody who was given a password and is not let in with it."""

    def __init__(self, door: Entrance, journal: Journal) -> None:
        self._door = door
        self._journal = journal

    def ask_card(self, press: Press, session: Session) -> CardAsked | None:
        """What the person's staff card is to be asked; None where none is wanted. Errors: Unreachable."""
        return self._door.office.ask_change_key(press, session)

    def __call__(self, press: Press, session: Session, given: Given, new: Secret) -> None:
        """Change it; ``given``: the present password, and the card. The work must be open.

        If this PC fails after the office has taken it, the next sign-in here asks for the former password once.
        Errors: those of the staff card; SignInRefused, TooManyTries; Refused ``password_*``; WorkClosed.
        """
        self._changed(press, session, given, new).wipe()
        self._door.slots.carry(session.actor.staff_id, new)

    def first(self, press: Press, held: Held, card: tuple[CardAsked, Secret] | None, new: Secret) -> Held:
        """Change a given password; what is given back may begin. Errors: as ``__call__``."""
        self._changed(press, held.session, Given(held.proof.shown.password, card), new).wipe()
        return held.with_password(new)

    def _changed(self, press: Press, session: Session, given: Given, new: Secret) -> Proof:
        def change() -> Proof:
            if fault := password_fault(new.text(), session.actor.staff_id):
                raise Refused(f"password_{fault}")
            proof = self._door.prove(session.actor.staff_id, given)
            self._door.office.change_password(press, session, proof.shown, new)
            return proof

        return recorded(self._journal, (press, session), Doing("password.changed"), change)

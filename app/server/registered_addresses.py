"""The desk's way to registered addresses: the register in the same process, asked in the clerk's own name."""

from app.backend.desk.ports import Addressee
from app.backend.register.service import RegisterService
from app.domain.call import Call
from app.errors import NotAllowed, Refused
from app.wire.register import OpenRecord


class RegisteredAddresses:
    """The desk's ``Addresses``. ``register``: None where another process serves it, then nobody is known."""

    def __init__(self, register: RegisterService | None) -> None:
        self._register = register

    def registered(self, call: Call, business_number: str) -> Addressee | None:
        """See ``Addresses``. A record that is closed to this clerk stays closed: the address is left for who may."""
        if self._register is None:
            return None
        try:
            hit = self._register.open(call, OpenRecord(business_number=business_number)).hit
        except Refused:
            return Addressee("", "", from_register=True)
        except NotAllowed:
            return None
        return Addressee(hit.name, hit.address, from_register=True)

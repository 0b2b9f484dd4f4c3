"""What the staff slice offers over the network."""

from app.backend.staff.service import StaffService
from app.wire.endpoint import Caller, Endpoint
from app.wire.message import Nothing
from app.wire.staff import Reauthenticate, SignedIn, SignIn, SignOut


def endpoints(service: StaffService) -> tuple[Endpoint, ...]:
    """Sign-in is open to enrolled terminals; the rest to whoever is signed in."""
    return (
        Endpoint(
            path="/staff/v1/sign-in",
            act="session.open",
            takes=SignIn,
            gives=SignedIn,
            caller=Caller.TERMINAL,
            does=service.sign_in,
        ),
        Endpoint(path="/staff/v1/unlock", act="session.own", takes=Reauthenticate, gives=Nothing, does=service.unlock),
        Endpoint(
            path="/staff/v1/sign-out",
            act="session.own",
            takes=SignOut,
            gives=Nothing,
            does=lambda call, asked: service.sign_out(call, asked.token),
        ),
    )

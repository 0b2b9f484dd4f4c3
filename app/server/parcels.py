"""Parcels at a slice's door: opened with the slice's key, handed to the endpoint that takes what is in them."""

from collections.abc import Sequence
from typing import Any

from app.domain.call import Call
from app.errors import AppError, NotAllowed, NotUnderstood
from app.trust.seal import BoxKey, open_box
from app.trust.sign import VerifyKey
from app.wire.endpoint import Caller, Endpoint
from app.wire.message import decode, demand_version, encode
from app.wire.parcel import AskParcelKey, Parcel, ParcelAnswer, ParcelKey, parcel_context


def parcel_endpoints(slice_name: str, box: BoxKey, log: VerifyKey, inner: Sequence[Endpoint]) -> tuple[Endpoint, ...]:
    """The two endpoints of ``slice_name`` for parcels; ``inner``: the slice's endpoints, found by what they take.

    Whoever is signed in may bring a parcel; the inner endpoint's right is asked for all the same.
    """
    by_kind = {endpoint.takes.__name__: endpoint for endpoint in inner if endpoint.caller is Caller.STAFF}

    def key(_: Call, __: AskParcelKey) -> ParcelKey:
        return ParcelKey(box=box.public, log=log.raw)

    def take(call: Call, parcel: Parcel) -> ParcelAnswer:
        endpoint = by_kind.get(parcel.kind)
        if endpoint is None:
            raise NotUnderstood(what="kind")
        if not call.may_anything(endpoint.act):
            raise NotAllowed
        body = open_box(box, parcel.box, parcel_context(call.municipality, parcel.kind, call.key))
        message = decode(body, endpoint.takes)
        demand_version(message)
        return ParcelAnswer(answer=encode(_answer(endpoint, call, message)))

    return (
        Endpoint(path=f"/{slice_name}/v1/parcel-key", act="session.own", takes=AskParcelKey, gives=ParcelKey, does=key),
        Endpoint(path=f"/{slice_name}/v1/parcel", act="session.own", takes=Parcel, gives=ParcelAnswer, does=take),
    )


def _answer(endpoint: Endpoint, call: Call, message: object) -> Any:  # noqa: ANN401 -- the endpoint's own type
    if endpoint.does is not None:
        return endpoint.does(call, message)
    if endpoint.drains is None:
        raise NotUnderstood(what="kind")
    outcome = endpoint.drains([(call, message)])[0]
    if isinstance(outcome, AppError):
        raise outcome
    return outcome

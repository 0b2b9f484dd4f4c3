"""Readings of cards as plain values for JSON and for lines: no picture, no 個人番号, every verdict by itself."""

from dataclasses import asdict
from datetime import date

from app.domain.verdict import Failed, NotChecked, Verdict, Verified
from app.services.card_port import FaceReading, NumberReading, Proof, Timing
from app.services.card_values import Blocked, Picture, Tries, TriesLeft
from app.services.prove_holder import HolderProof
from app.services.read_licence import LicenceReading
from app.services.read_residence import ResidenceReading

Told = dict[str, object]
MASKED = "*" * 12
"""Stands for a 個人番号: a shell keeps no record of who looked, so none is shown."""


def of_face(reading: FaceReading) -> Told:
    """照合番号B: basic four, sizes of pictures, the last day outside the signature."""
    expiry = reading.expiry
    return {
        "reader": reading.insertion.reader,
        "name": reading.four.name,
        "address": reading.four.address,
        "birth": reading.four.birth.isoformat(),
        "sex": reading.four.sex.value,
        "photo": _size(reading.photo),
        "name_image": _size(reading.name_image),
        "address_image": _size(reading.address_image),
        "expiry": expiry
        and {"day": expiry.day.isoformat(), "year_agrees": expiry.year_agrees, "proof": verdict(expiry.proof)},
        "proof": _proof(reading.proof),
        "face_proof": _proof(reading.face_proof),
        "attributes_proof": _proof(reading.attributes_proof),
        "timing": timing(reading.timing),
    }


def of_number(reading: NumberReading) -> Told:
    """The 4-digit PIN: the basic four and that there is a number."""
    four: Told = {}
    if reading.four is not None:
        four = {
            "name": reading.four.name,
            "address": reading.four.address,
            "birth": reading.four.birth.isoformat(),
            "sex": reading.four.sex.value,
        }
    proof = {"proof": _proof(reading.proof), "timing": timing(reading.timing)}
    return {"reader": reading.insertion.reader, "my_number": MASKED, **four, **proof}


def of_holder(proof: HolderProof) -> Told:
    """A certificate: five answers, how it may be spoken of, and the basic four of a signature certificate."""
    told: Told = {
        "reader": proof.insertion.reader,
        "token": proof.token.value,
        "purpose": proof.purpose.value,
        "standing": proof.standing.value,
        "proof": {name: verdict(found) for name, found in proof.verdicts.named()},
        "valid_from": proof.period.first.isoformat(),
        "valid_until": proof.period.last.isoformat(),
        "revocation_as_of": proof.revoked.as_of and proof.revoked.as_of.isoformat(),
        "timing": timing(proof.timing),
    }
    holder = proof.holder
    if holder is None:
        return told
    return told | {
        "name": holder.name.text,
        "name_replaced": [at for at, replaced in enumerate(holder.name.replaced) if replaced],
        "address": holder.address.text,
        "address_replaced": [at for at, replaced in enumerate(holder.address.replaced) if replaced],
        "marks_fit": holder.name.marks_fit and holder.address.marks_fit,
        "birth": holder.birth.isoformat(),
        "sex": holder.sex.value,
    }


def of_licence(reading: LicenceReading) -> Told:
    """運転免許証."""
    return {
        "reader": reading.insertion.reader,
        "name": reading.four.name,
        "kana": reading.kana,
        "address": reading.four.address,
        "address_changed": _day(reading.address_changed),
        "birth": reading.four.birth.isoformat(),
        "expiry": reading.expiry.isoformat(),
        "replaced": reading.replaced,
        "photo": _size(reading.photo),
        "proof": _proof(reading.proof),
        "timing": timing(reading.timing),
    }


def of_residence(reading: ResidenceReading) -> Told:
    """在留カード, 特別永住者証明書."""
    record = reading.record
    return {
        "reader": reading.insertion.reader,
        "generation": reading.kind.generation.name.lower(),
        "special_permanent": reading.kind.special_permanent,
        "front": _size(record.front),
        "name_image": _size(record.name),
        "address_image": _size(record.address_image),
        "photo": _size(record.photo),
        "address": record.address,
        "address_changed": _day(record.address_changed),
        "birth": _day(record.birth),
        "sex": record.sex and record.sex.value,
        "expiry": _day(record.expiry),
        "certificate_until": _day(reading.certificate_until),
        "address_proof": verdict(reading.address_proof),
        "proof": _proof(reading.proof),
        "timing": timing(reading.timing),
    }


def has_failed(*verdicts: Verdict) -> bool:
    """Whether any answer speaks against the card."""
    return any(isinstance(each, Failed) for each in verdicts)


def verdict(found: Verdict) -> dict[str, str]:
    """One answer with its reason's code."""
    match found:
        case Verified():
            return {"verdict": "verified"}
        case Failed(reason):
            return {"verdict": "failed", "reason": reason}
        case NotChecked(reason):
            return {"verdict": "not_checked", "reason": reason}


def tries(found: Tries) -> int | str:
    """A counter: a number, "blocked" or "uncounted"."""
    if isinstance(found, TriesLeft):
        return found.left
    return "blocked" if isinstance(found, Blocked) else "uncounted"


def timing(found: Timing) -> Told:
    """Seconds and traffic."""
    return asdict(found)


def _proof(proof: Proof) -> Told:
    return {"issuer": verdict(proof.issuer), "record": verdict(proof.record), "chip": verdict(proof.chip)}


def _size(picture: Picture | None) -> dict[str, int] | None:
    """How large a picture is; the picture itself is shown at the counter only."""
    if picture is None:
        return None
    return {"width": picture.width, "height": picture.height, "png_bytes": len(picture.png)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

"""The ways of confirming a person by a chip that a PIN, a password or a number opens: what each asks and shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.certificate import Standing
from app.domain.clock import TOKYO, business_date
from app.domain.era import wareki
from app.domain.identity import Aspect, Means
from app.domain.person import BasicFour
from app.domain.secret import Secret
from app.domain.verdict import Verdict, Verified
from app.services.card_port import Insertion, Proof, Tries, Watch
from app.services.confirm_person import CARD, ChipCheck, check_of_holder
from app.services.ports.seat import Press, Session
from app.services.ports.validity import RevocationAnswer
from app.services.prove_holder import Asking, HolderProof, ProveHolder
from app.services.read_card import ReadCard
from app.services.read_licence import ReadLicence
from app.services.read_residence import ReadResidence
from app.ui.flows.pin_entry import PinKind
from app.ui.flows.visit_acts import VisitActs
from app.ui.kit import Kit
from app.ui.widgets.chip import Kind
from app.ui.widgets.proof_panel import Expiry, ProofShown, Stated


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a card: which, from which key press and visit, whether the last attempt is wanted, who watches."""

    at: Insertion
    press: Press
    session: Session
    visit_id: str
    last_try: bool
    watch: Watch


@dataclass(frozen=True, slots=True)
class ChipSeen:
    """What came of it: what is shown, what is kept, and whom it names ("" for nobody)."""

    insertion: Insertion
    shown: ProofShown = field(repr=False)
    check: ChipCheck
    name: str = field(repr=False)
    four: BasicFour | None = field(repr=False)


Entries = Sequence[Secret | None]
"""One entry for each PIN of a way, None where it is typed on the reader; or the number that the clerk typed."""


@dataclass(frozen=True, slots=True)
class ChipWay:
    """One way. ``questions``: what is asked of the chip; ``by_number``: the clerk types the card's number instead.

    ``tries`` and ``read`` block: run them on the reader's lane. ``read`` wipes nothing; its caller does.
    """

    id: str
    pins: tuple[PinKind, ...]
    questions: tuple[str, ...]
    tries: Callable[[Insertion], Mapping[PinKind, Tries]]
    read: Callable[[Use, Entries], ChipSeen]
    by_number: bool = False
    has_photo: bool = False


_CARD = ("issuer", "record", "chip")
_CERTIFICATE = ("certificate_issuer", "dates", "purpose", "certificate_chip", "revocation")
_ROW_OF = {"issuer": "certificate_issuer", "chip": "certificate_chip"}
_KIND_OF: dict[Standing, Kind] = {
    Standing.CONFIRMED: "success",
    Standing.REVOCATION_UNKNOWN: "information",
    Standing.UNPROVEN: "warning",
    Standing.REFUSED: "error",
}


def stated(four: BasicFour) -> Stated:
    """Whom a chip states."""
    return Stated(four.name, four.address, four.birth, four.sex)


def revocation_note(kit: Kit, answer: RevocationAnswer) -> str:
    """As of when the answer about revocation holds, in words."""
    words = kit.texts.proof
    parts = []
    if answer.since is not None:
        parts.append(words.revoked_since(wareki(answer.since.astimezone(TOKYO).date())))
    if answer.as_of is not None:
        local = answer.as_of.astimezone(TOKYO)
        parts.append(words.as_of(f"{wareki(local.date())} {local.hour}:{local:%M}"))
    return "　".join(parts)


class MyNumberCardWays:
    """By the holder's PIN, by the user authentication certificate, by the signature certificate."""

    def __init__(self, kit: Kit, read_card: ReadCard, prove_holder: ProveHolder) -> None:
        self._kit, self._read_card, self._prove_holder = kit, read_card, prove_holder

    def all(self) -> tuple[ChipWay, ...]:
        """In the order in which they are offered."""
        return (
            ChipWay("pin", (PinKind.ATTRIBUTES,), _CARD, self._tries_of_pin, self._by_pin),
            ChipWay("jpki_user", (PinKind.USER,), _CERTIFICATE, self._tries_of_holder, self._by_user),
            ChipWay("jpki_sign", (PinKind.SIGN,), _CERTIFICATE, self._tries_of_holder, self._by_sign),
        )

    def _tries_of_pin(self, at: Insertion) -> Mapping[PinKind, Tries]:
        return {PinKind.ATTRIBUTES: self._read_card.tries(at).attributes_pin}

    def _tries_of_holder(self, at: Insertion) -> Mapping[PinKind, Tries]:
        keys = self._prove_holder.tries(at)
        return {PinKind.USER: keys.user_pin, PinKind.SIGN: keys.sign_password}

    def _by_pin(self, use: Use, entries: Entries) -> ChipSeen:
        reading = self._read_card.attributes_by_pin(
            use.at, _text(entries[0]), last_try_confirmed=use.last_try, watch=use.watch
        )
        check = ChipCheck(Means.PIN, CARD, {**_aspects(reading.proof), Aspect.HOLDER: Verified()})
        shown = ProofShown(stated(reading.four), None, _rows(reading.proof), None)
        return ChipSeen(reading.insertion, shown, check, reading.four.name, reading.four)

    def _by_user(self, use: Use, entries: Entries) -> ChipSeen:
        asking = Asking(use.press, use.session, use.visit_id)
        proof = self._prove_holder.by_user_pin(
            use.at, _text(entries[0]), asking, last_try_confirmed=use.last_try, watch=use.watch
        )
        return self._seen(proof)

    def _by_sign(self, use: Use, entries: Entries) -> ChipSeen:
        asking = Asking(use.press, use.session, use.visit_id)
        proof = self._prove_holder.by_sign_password(
            use.at, _text(entries[0]) or "", asking, last_try_confirmed=use.last_try, watch=use.watch
        )
        return self._seen(proof)

    def _seen(self, proof: HolderProof) -> ChipSeen:
        four, named = None, Stated("", "", None, note=self._kit.texts.proof.names_nobody)
        if (holder := proof.holder) is not None:
            four = BasicFour(holder.name.gapped, holder.address.gapped, holder.birth, holder.sex)
            named = stated(four)
        last = business_date(proof.period.last)
        standing = self._kit.messages.word("certificate_standing", proof.standing.value)
        shown = ProofShown(
            named,
            None,
            tuple((_ROW_OF.get(name, name), verdict) for name, verdict in proof.verdicts.named()),
            Expiry(wareki(last), outside=False),
            noted=(("revocation", revocation_note(self._kit, proof.revoked)),),
            standing=(standing, _KIND_OF[proof.standing]),
        )
        return ChipSeen(proof.insertion, shown, check_of_holder(proof), four.name if four else "", four)


class OtherCardWays:
    """By the chip of a driving licence or of a residence card."""

    def __init__(self, kit: Kit, read_licence: ReadLicence, read_residence: ReadResidence) -> None:
        self._kit, self._licence, self._residence = kit, read_licence, read_residence

    def all(self) -> tuple[ChipWay, ...]:
        """In the order in which they are offered."""
        pins = (PinKind.LICENCE_1, PinKind.LICENCE_2)
        return (
            ChipWay("licence", pins, _CARD, self._tries_of_licence, self._by_licence, has_photo=True),
            ChipWay("residence", (), _CARD, lambda _: {}, self._by_residence, by_number=True, has_photo=True),
        )

    def _tries_of_licence(self, at: Insertion) -> Mapping[PinKind, Tries]:
        """Nothing where the holder set no PINs."""
        state = self._licence.state(at)
        return {PinKind.LICENCE_1: state.pin_1, PinKind.LICENCE_2: state.pin_2} if state.basics.pins_set else {}

    def _by_licence(self, use: Use, entries: Entries) -> ChipSeen:
        if entries:
            first, second = (_text(entry) for entry in entries)
            reading = self._licence.by_both_pins(
                use.at, first, second, last_try_confirmed=use.last_try, watch=use.watch
            )
        else:
            reading = self._licence.without_pins(use.at, watch=use.watch)
        photo = reading.photo.png if reading.photo else None
        expiry = Expiry(wareki(reading.expiry), reading.passed(self._today()), outside=False)
        seen = Stated(reading.four.name, reading.four.address, reading.four.birth)
        shown = ProofShown(seen, photo, _rows(reading.proof), expiry)
        check = ChipCheck(Means.DOCUMENT_CHIP, "driving_licence", _aspects(reading.proof), reading.expiry)
        return ChipSeen(reading.insertion, shown, check, reading.four.name, reading.four)

    def _by_residence(self, use: Use, entries: Entries) -> ChipSeen:
        reading = self._residence.by_number(use.at, _text(entries[0]) or "", watch=use.watch)
        record = reading.record
        photo = record.photo.png if record.photo else None
        picture = record.front or record.name
        expiry = None
        if record.expiry is not None:
            expiry = Expiry(wareki(record.expiry), passed=bool(reading.passed(self._today())))
        note = self._kit.texts.proof.name_is_picture
        shown = ProofShown(
            Stated("", record.address, record.birth, record.sex, note=note),
            photo,
            _rows(reading.proof),
            expiry,
            name_picture=picture.png if picture else None,
        )
        check = ChipCheck(Means.DOCUMENT_CHIP, "residence_card", _aspects(reading.proof), record.expiry)
        return ChipSeen(reading.insertion, shown, check, "", None)

    def _today(self) -> date:
        return business_date(self._kit.clock.now())


def _rows(proof: Proof) -> tuple[tuple[str, Verdict], ...]:
    return (("issuer", proof.issuer), ("record", proof.record), ("chip", proof.chip))


def _aspects(proof: Proof) -> dict[Aspect, Verdict]:
    return {Aspect(name): verdict for name, verdict in _rows(proof)}


def _text(entry: Secret | None) -> str | None:
    return None if entry is None else entry.text()


def chip_ways(kit: Kit, acts: VisitActs) -> tuple[ChipWay, ...]:
    """All of them, in the order in which they are offered."""
    own = MyNumberCardWays(kit, acts.read_card, acts.prove_holder)
    return (*own.all(), *OtherCardWays(kit, acts.read_licence, acts.read_residence).all())

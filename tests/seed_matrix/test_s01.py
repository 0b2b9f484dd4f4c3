"""S01: the intermediary server's part in the network, row by row over mutual TLS: answered, and refused."""

import json

import pytest

from app.domain.clock import SystemRandom
from app.domain.rights import Right
from app.errors import NotAllowed, Refused, WrongKey
from app.link.letters import Correspondent
from app.server.keys import Keys
from app.server.signing_keys import LEAD, OVERLAP, rotate_signing
from app.trust.file_chain import begin_chain, next_chain, part_digest
from app.trust.seal import open_box
from app.trust.sign import SigningKey
from app.wire import exchange_record as record
from app.wire import replica_file
from app.wire.exchange import CollectCodes, CollectedCodes, Deliveries, NetworkEnquiries, ProviderAnswer
from app.wire.letter import Letter
from app.wire.master import AskMaster, MasterSent
from app.wire.message import decode
from app.wire.person_reference import NamePerson
from tests.edge.backend.exchange.world import (
    HERE,
    LOCAL,
    MOVED,
    NO_ROW,
    PROCEDURE,
    TAX,
    THERE,
    UNDECLARED,
    YEAR,
)
from tests.seed_matrix.asking import NOBODY, WHO, answered, reason
from tests.seed_matrix.office import Office
from tests.support.slices import person

COLUMNS = ("total_income", "income_levy", "per_capita_levy", "dependants")


@pytest.mark.seed("S01-0", "S01-2", "S01-3", "S01-7", "S01-8", "S01-8a", "S01-8b", "S01-8c", "S02-1")
def test_an_enquiry_goes_from_edge_to_edge_and_its_answer_opens_here_alone(office: Office) -> None:
    made, found = answered(office)
    assert found.answer is not None
    assert (found.answer.kind, found.answer.provider, found.answer.path) == ("value", THERE, "nws")
    assert found.answer.items["income"] == 3_456_789
    book = office.of.near.exchange.asking._book
    kept = book.read(lambda unit: unit.enquiries(HERE, [made.enquiry_id]))[made.enquiry_id]
    told = office.post["relay"].read(kept.answer, "answer/1", ProviderAnswer, "intermediary")
    context, boxes = ("answer", HERE, told.process_number), office.of.inside.exchange.carrying._boxes
    assert b"3456789" in open_box(boxes[HERE], told.sealed, context)
    with pytest.raises(WrongKey):
        open_box(boxes[THERE], told.sealed, context)


@pytest.mark.twin("S01-0", "S01-2", "S01-8a", "S02-1")
def test_nobody_enquires_for_another_city_without_the_right_or_past_the_list(office: Office) -> None:
    empty = NetworkEnquiries(municipality=THERE, enquiries=())
    with pytest.raises(NotAllowed):
        office.says("relay", "/intermediary/v1/enquiries", "network-enquiries/1", empty, NetworkEnquiries)
    foreign = Deliveries(requester=THERE, provider=HERE, deliveries=())
    with pytest.raises(Refused):
        office.says("intermediary", "/intermediary/v1/provisions", "deliveries/1", foreign, Deliveries, place=HERE)
    with pytest.raises(NotAllowed):
        office.make(NOBODY, MOVED)
    with pytest.raises(Refused) as refused:
        office.make(WHO, MOVED, purpose="興味があるため")
    assert reason(refused) == "wrong_purpose"


@pytest.mark.twin("S01-3", "S01-7", "S01-8", "S01-8b", "S01-8c")
def test_a_delivery_that_is_altered_forged_or_somebody_else_s_is_refused_at_the_provider(office: Office) -> None:
    path, kind = "/intermediary/v1/provisions", "deliveries/1"
    own = Deliveries(requester=HERE, provider=THERE, deliveries=())
    foreign = Deliveries(requester=THERE, provider=THERE, deliveries=())
    honest = office.letter("intermediary", kind, own)
    assert office.send("intermediary", path, honest, at="far").sender == f"intermediary@{THERE}"
    values = {name: getattr(honest, name) for name in honest.__struct_fields__}
    forger = Correspondent({honest.sender: SigningKey.generate()}, {})
    for bad, why in (
        (Letter(**(values | {"body": honest.body + b" "})), "bad_signature"),
        (Letter(**(values | {"alg": "none"})), "wrong_algorithm"),
        (forger.write(honest.sender, kind, own), "unknown_key"),
        (office.letter("intermediary", kind, foreign), "not_your_permit"),
    ):
        with pytest.raises(Refused) as refused:
            office.send("intermediary", path, bad, at="far")
        assert reason(refused) == why
    with pytest.raises(NotAllowed):
        office.send("relay", path, honest, at="far")
    with pytest.raises(NotAllowed):
        office.send("relay", "/nws/v1/permits", honest)


@pytest.mark.seed("S01-8d")
def test_a_key_s_next_version_is_taken_over_while_the_old_one_still_holds(office: Office) -> None:
    folder, name = office.of.near.settings.folder / "keys", f"intermediary@{HERE}"
    asked = CollectCodes(municipality=HERE, process_numbers=("none",))
    old = office.letter("intermediary", "collect-codes/1", asked)
    try:
        assert rotate_signing(folder, [name], Keys(folder, SystemRandom()), office.clock.at) == {name: 2}
        office.clock.at += LEAD
        new = office.letter("intermediary", "collect-codes/1", asked)
        assert new.key_id != old.key_id
        for letter in (new, old):
            assert office.send("intermediary", "/nws/v1/codes", letter).sender == "nws"
        office.clock.at += OVERLAP
        with pytest.raises(Refused) as refused:
            office.send("intermediary", "/nws/v1/codes", old)
        assert reason(refused) == "expired_key"
    finally:
        (folder / "signing.json").unlink()


@pytest.mark.twin("S01-8d")
def test_an_unknown_key_signs_nothing(office: Office) -> None:
    forger = Correspondent({f"intermediary@{HERE}": SigningKey.generate()}, {})
    asked = CollectCodes(municipality=HERE, process_numbers=("none",))
    with pytest.raises(Refused) as refused:
        office.send("intermediary", "/nws/v1/codes", forger.write(f"intermediary@{HERE}", "collect-codes/1", asked))
    assert reason(refused) == "unknown_key"


@pytest.mark.seed("S01-8e")
def test_the_master_information_is_fetched_from_the_core_and_taken_over(office: Office) -> None:
    taking, _ = office.of.near.exchange.master
    before = taking.version
    assert taking.fetch()
    assert taking.version > before
    asked = AskMaster(municipality=HERE, version=taking.version)
    told = office.says("intermediary", "/nws/v1/master", "ask-master/1", asked, MasterSent)
    assert told.master is None, "there is no newer one"


@pytest.mark.twin("S01-8e")
def test_master_information_goes_to_intermediaries_alone_and_in_their_own_name(office: Office) -> None:
    asked = AskMaster(municipality=THERE, version=0)
    with pytest.raises(NotAllowed):
        office.says("intermediary", "/nws/v1/master", "ask-master/1", asked, MasterSent)
    with pytest.raises(NotAllowed):
        office.send("relay", "/nws/v1/master", office.letter("relay", "ask-master/1", asked))


def rows_file(name: str, place: str, *rows: list[object]) -> tuple[replica_file.BeginReplicaFile, str]:
    """A file of one part, and its lines."""
    lines = "\n".join(json.dumps(row) for row in rows)
    chain = next_chain(begin_chain(TAX, YEAR, COLUMNS), part_digest(lines))
    begin = replica_file.BeginReplicaFile(
        municipality=place, file_id=name, digest=chain, information=TAX, tax_year=YEAR, columns=COLUMNS,
        rows=len(rows), parts=1,
    )  # fmt: skip
    return begin, lines


def part_of(begin: replica_file.BeginReplicaFile, lines: str) -> replica_file.PutReplicaPart:
    return replica_file.PutReplicaPart(
        municipality=begin.municipality, file_id=begin.file_id, number=0, lines=lines, digest=part_digest(lines)
    )


@pytest.mark.seed("S01-6")
def test_a_file_becomes_the_replica_from_which_the_other_city_is_answered(office: Office) -> None:
    book = office.of.inside.exchange.addressee._book
    owner = book.read(lambda unit: unit.of_business(THERE, ["000000000009904"]))["000000000009904"]
    begin, lines = rows_file("row-file", THERE, [owner.addressee_number, "value", 4242, 1, 2, 0])
    kinds = (("", "begin-replica-file/1", begin), ("/part", "put-replica-part/1", part_of(begin, lines)))
    for path, kind, message in kinds:
        letter = office.letter("relay", kind, message, THERE)
        told = office.send("relay", f"/intermediary/v1/replica-files{path}", letter, at="far")
    done = decode(told.body, replica_file.ReplicaFileState)
    assert (done.state, done.changed, done.rejected) == ("done", 1, 0)
    _, found = answered(office, NO_ROW)
    assert found.answer is not None
    assert found.answer.items["income"] == 4242


@pytest.mark.twin("S01-6")
def test_no_neighbour_and_nobody_of_another_section_gets_at_the_replica(office: Office) -> None:
    begin, _ = rows_file("their-file", THERE, ["1", "value", 1, 1, 1, 1])
    letter = office.letter("relay", "begin-replica-file/1", begin)
    with pytest.raises(NotAllowed):
        office.send("relay", "/intermediary/v1/replica-files", letter, at="far")
    other = person("other", Right("replica.enter", "residence"), municipality=THERE)
    with pytest.raises(NotAllowed):
        office.ask(other, "/intermediary/v1/replica/file", begin, at="far")


@pytest.mark.seed("S01-4", "S15-4")
def test_a_business_system_hands_in_its_rows_and_they_get_the_platform_s_numbers_on_the_way(office: Office) -> None:
    begin, lines = rows_file(
        "by-system",
        HERE,
        [LOCAL, "value", 31, 1, 2, 0],
        ["999999999999999", "value", 32, 1, 2, 0],
        [UNDECLARED, "value", 33, 1, 2, 0],
    )
    gives = replica_file.ReplicaFileState
    at = "/relay/v1/systems/taxaddress/replica-files"
    assert office.says("taxaddress", at, "begin-replica-file/1", begin, gives).next_part == 0
    done = office.says("taxaddress", f"{at}/part", "put-replica-part/1", part_of(begin, lines), gives)
    assert (done.state, done.changed, done.rejected) == ("done", 2, 1)


@pytest.mark.twin("S01-4", "S15-4")
def test_a_system_hands_in_nothing_of_another_owner_city_or_under_another_name(office: Office) -> None:
    at, gives = "/relay/v1/systems/taxaddress/replica-files", replica_file.ReplicaFileState
    begin, _ = rows_file("not-theirs", THERE, [LOCAL, "value", 31, 1, 2, 0])
    with pytest.raises(NotAllowed):
        office.says("taxaddress", at, "begin-replica-file/1", begin, gives)
    with pytest.raises(NotAllowed):
        office.send("business", at, office.letter("taxaddress", "begin-replica-file/1", begin, THERE))
    letter = office.letter("taxaddress", "begin-replica-file/1", begin)
    with pytest.raises(NotAllowed):
        office.send("taxaddress", "/intermediary/v1/replica-files", letter)


def records(office: Office, who: object, scope: str = PROCEDURE) -> tuple[record.RecordRow, ...]:
    """The records of MOVED, for somebody who may name them."""
    named = office.ask(who, "/relay/v1/person", NamePerson(business_number=MOVED)).person
    return office.ask(who, "/intermediary/v1/records", record.FindRecords(scope=scope, person=named)).rows


@pytest.mark.seed("S01-5")
def test_the_asker_s_record_of_an_exchange_is_found_by_person(office: Office) -> None:
    _, found = answered(office)
    assert found.answer is not None
    reader = person("reader", Right("exchange.record", PROCEDURE), "exchange.person", municipality=HERE)
    rows = {one.process_number: one for one in records(office, reader)}
    kept = rows[found.answer.process_number]
    assert (kept.side, kept.partner, kept.information, kept.answer) == ("asked", THERE, TAX, "answered")


@pytest.mark.twin("S01-5")
def test_another_section_s_records_stay_closed(office: Office) -> None:
    other = person("other-reader", Right("exchange.record", "childcare_benefit"), "exchange.person", municipality=HERE)
    with pytest.raises(NotAllowed):
        records(office, other)


@pytest.mark.twin("S01-1")
def test_a_city_collects_no_other_city_s_codes(office: Office) -> None:
    asked = CollectCodes(municipality=THERE, process_numbers=("none",))
    with pytest.raises(NotAllowed):
        office.says("intermediary", "/nws/v1/codes", "collect-codes/1", asked, CollectedCodes)
    with pytest.raises(NotAllowed):
        office.send("relay", "/nws/v1/codes", office.letter("relay", "collect-codes/1", asked))

"""What counts as shown over mutual TLS, and what does not."""

import http.client
import ssl

import pytest

from tests.edge.backend.exchange.world import HERE
from tests.seed_matrix.office import Office
from tests.seed_matrix.rows import OWNERS
from tests.seed_matrix.witness import Answered, Witness, lacking
from tests.support.stores import ENGINES

ROW, PATH = "S01-3", "/intermediary/v1/provisions"
GOOD, NO = Answered("sqlcipher", PATH, 200, "a certificate"), Answered("sqlcipher", PATH, 404, "a certificate")


def test_a_row_is_shown_by_its_own_owner_on_that_engine_to_a_caller_with_a_certificate() -> None:
    assert lacking([("seed", ROW)], "sqlcipher", [GOOD]) == []
    assert lacking([("twin", ROW)], "sqlcipher", [NO]) == []


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("seed", []),
        ("seed", [NO]),
        ("twin", [GOOD]),
        ("seed", [Answered("sqlcipher", PATH, 200, "")]),
        ("seed", [Answered("postgresql", PATH, 200, "a certificate")]),
        ("seed", [Answered("sqlcipher", "/intermediary/v1/enquiries", 200, "a certificate")]),
        ("twin", [Answered("sqlcipher", PATH, 500, "a certificate")]),
    ],
)
def test_silence_a_fault_another_owner_engine_or_a_caller_without_a_certificate_show_nothing(
    kind: str, seen: list[Answered]
) -> None:
    assert lacking([(kind, ROW)], "sqlcipher", seen) == [(kind, ROW)]


def test_each_owner_is_answered_for_at_an_edge_and_who_shows_no_certificate_is_let_in_nowhere(
    office: Office, witness: Witness
) -> None:
    begin = len(witness.seen)
    for row, path in OWNERS.items():
        assert any(offered.startswith(path) for offered in office.offered), row
    authority = office.of.inside.settings.tls.authority
    for name, line in office.lines.items():
        if name.startswith(f"{HERE} "):
            connection = http.client.HTTPSConnection(
                "127.0.0.1", line._client.base_url.port, context=ssl.create_default_context(cafile=str(authority))
            )
            with pytest.raises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
                _asked(connection)
            connection.close()
    assert witness.seen[begin:] == []
    assert {one.engine for one in witness.seen} <= set(ENGINES)


def _asked(connection: http.client.HTTPSConnection) -> int:
    connection.request("POST", PATH, b"{}")
    with connection.getresponse() as answer:
        return answer.status

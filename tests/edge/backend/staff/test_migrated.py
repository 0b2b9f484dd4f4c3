"""An office that goes on with its old store: everybody stays where they were, every PC works as before."""

from sqlalchemy import text

from app.backend.staff import store
from app.domain.rights import Department, Post
from app.durable.engine import open_database
from app.durable.migrate import migrate
from tests.support.slices import KITA, MINAMI
from tests.support.stores import StoreAddresses

MEMBER = """INSERT INTO staff_member (municipality, staff_id, version, municipality_name, office, name, department,
 password_hash, is_active, changed_at) VALUES (:place, :staff, 1, 'm', 'o', 'n', :department, 'x', :active, 0)"""
TERMINAL = """INSERT INTO terminal (municipality, terminal, version, counter_window, enrolled_at)
 VALUES (:place, 'T-1', 1, '1', 0)"""


def test_everybody_keeps_their_department_as_a_post_without_end(store_addresses: StoreAddresses) -> None:
    database = open_database(store_addresses("staff"))
    try:
        migrate(database, store.HISTORY, store.METADATA, "0002")
        people = [(KITA, "k1", "子ども"), (KITA, "k2", "子ども"), (KITA, "k3", "住民"), (MINAMI, "k1", "子ども")]
        for place, staff, department in people:
            row = {"place": place, "staff": staff, "department": department, "active": True}
            database.write(lambda connection, row=row: connection.execute(text(MEMBER), row))
        database.write(lambda connection: connection.execute(text(TERMINAL), {"place": KITA}))
        migrate(database, store.HISTORY, store.METADATA)
        book = store.StaffStore(database, pen=None)
        for place, staff, department in people:
            assert book.read(lambda unit, place=place, staff=staff: unit.posts(place, staff)) == (Post(department),)
        assert book.read(lambda unit: unit.departments(KITA)) == (
            Department("住民", ("住民",)),
            Department("子ども", ("子ども",)),
        )
        kept = book.read(lambda unit: unit.terminal(KITA, "T-1"))
        assert (kept.window, kept.certificate, kept.display_checked_by) == ("1", "", "")
    finally:
        database.close()

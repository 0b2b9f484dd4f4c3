"""What somebody types into the wrong field at sign-in is kept nowhere in clear."""

import pytest

from app.backend.staff import store
from app.backend.staff.service import StaffService
from app.errors import SignInRefused, TooManyTries
from app.wire.staff import SignIn
from tests.edge.backend.staff.test_sign_in import at_terminal, rule, slice_, staff  # noqa: F401 -- fixtures
from tests.support.slices import OpenSlice

TYPED = "はるのうみ-ひねもす-1234567890-のたりのたりかな"


def test_a_password_typed_as_a_staff_number_is_refused_counted_and_not_kept(
    staff: StaffService,  # noqa: F811
    slice_: OpenSlice,  # noqa: F811
) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            staff.sign_in(at_terminal(slice_), SignIn(staff_id=TYPED, password="x"))
    with pytest.raises(TooManyTries):
        staff.sign_in(at_terminal(slice_), SignIn(staff_id=TYPED, password="x"))

    def everything(connection) -> str:
        return "\n".join(
            str(part)
            for table in store.METADATA.sorted_tables
            for row in connection.execute(table.select())
            for part in row
        )

    assert TYPED[:8] not in slice_.database.read(everything)

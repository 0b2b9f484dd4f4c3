"""Everything that must hold, on real parts: unit, edge, ui, e2e; fixtures that hand out real things live in support."""

import pytest

pytest.register_assert_rewrite("tests.support")

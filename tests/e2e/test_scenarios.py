"""Scenarios in words (``scenarios/*.txt``), played at the real window on the real offices; keys are counted.

A key is every one that goes down but those of the IME's conversion. What is typed and only whoever sits there can know
(「…本人の言う…」: a telephone number, an account) is counted apart; the way to its field and every choice are not.
"""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.deeds import Stage
from tests.e2e.deeds_of_things import LANGUAGE
from tests.e2e.script import Script, read, scripts
from tests.support.city import TwoCities
from tests.support.counts import KEYS, TOLD, WAITED
from tests.support.cups import Cups
from tests.support.hall import FRONT, Hall
from tests.support.pcscd import Pcscd

_GIVEN = {
    "氏名": "name",
    "フリガナ": "kana",
    "住所": "address",
    "宛名番号": "business_number",
    "世帯番号": "household_number",
}
_OTHER_WARD = "ほかの区の住所"
pytestmark = [pytest.mark.timeout(240), pytest.mark.card, pytest.mark.keyring]


@pytest.fixture(scope="module")
def hall(
    cities_on_postgresql: TwoCities,
    keyring_home: dict[str, str],
    pcscd: Pcscd,
    cups: Cups,
    qapp: QApplication,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Hall]:
    """One for all scenarios: each brings persons and visits of its own."""
    made = Hall(cities_on_postgresql, pcscd, qapp, cups, keyring_home, tmp_path_factory.mktemp("hall"))
    yield made
    made.close()


@pytest.fixture
def stage(hall: Hall, qtbot: QtBot, script: Script, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Before the window at the counter, or before one whose program can be killed."""
    go = partial(hall.clerk, bot=qtbot)
    if script.apart:
        with contextlib.closing(hall.outage()) as pc:
            yield Stage(pc.open(), go, hall.printer, pc.open)  # type: ignore[arg-type]
    else:
        yield Stage(go(FRONT), go, hall.printer, partial(go, FRONT))
        hall.tidy(qtbot, failed=bool(getattr(request.node, "failed", False)))


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.name)
def test_it_goes_as_the_scenario_says(
    script: Script,
    stage: Stage,
    hall: Hall,
    record_property: Callable[[str, object], None],
    request: pytest.FixtureRequest,
) -> None:
    request.node.failed = True
    stage.before, waited = (stage.clerk.keys, stage.clerk.told), stage.clerk.waited_s
    LANGUAGE.play(script, stage, partial(given_by, hall.cities))
    keys, told = stage.counted or stage.count()
    record_property(KEYS, keys)
    record_property(TOLD, told)
    record_property(WAITED, round(stage.clerk.waited_s - waited, 1))
    assert script.most_keys is None or keys <= script.most_keys
    request.node.failed = False


def given_by(cities: TwoCities, what: str, persona: str) -> str:
    """What a scenario may say of somebody without naming it."""
    city, person = cities.city, cities.city.resident_of(persona)
    if what != _OTHER_WARD:
        return str(getattr(person, _GIVEN[what]))
    place = city.municipality(person.municipality)
    ward = next(one for one in place.wards if one not in person.address)
    return f"{place.prefecture}{place.name}{ward}本町一丁目２番３号"


def test_every_line_of_every_scenario_is_a_sentence_that_can_be_played() -> None:
    assert [said for script in scripts() for said in LANGUAGE.unknown(script)] == []


def test_a_line_that_nobody_understands_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("題：おかしな場面\n\n# 覚書\n空を飛ぶ\n", "utf-8")
    assert list(LANGUAGE.unknown(read(path))) == ["odd.txt:4: 0 sentences fit: 空を飛ぶ"]

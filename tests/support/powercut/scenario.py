"""What a power cut is tried on: a workload that acknowledges, and a judge of what is there afterwards."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Protocol

from app.errors import KeyringMissing
from tests.support.powercut.record import Event, Marks, preloaded, read, run
from tests.support.powercut.replay import Cut, cuts

_ASKED = 3
Given = Mapping[str, str]
"""What workload and judge both know: keys, names; nothing of it lies in the folder that is cut."""


class Scenario(Protocol):
    """``record`` runs in a program of its own under the shim; ``judge`` opens what a cut left, by shipped code.

    ``judge`` raises AssertionError for what was acknowledged and is lost, is there twice, or does not verify.
    """

    def given(self) -> Given: ...
    def record(self, folder: Path, given: Given, marks: Marks) -> None: ...
    def judge(self, folder: Path, given: Given, said: tuple[str, ...]) -> None: ...


@dataclass
class Verdicts:
    """What came of many cuts. ``said``: how many acknowledgements were looked for, over all cuts.

    ``judged``: how many different folders they left; two cuts that leave the same one are opened once.
    """

    cuts: int = 0
    judged: int = 0
    said: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Verdicts") -> None:
        """Count ``other`` in."""
        self.cuts += other.cuts
        self.judged += other.judged
        self.said += other.said
        self.faults += other.faults


def recorded(name: str, scenario: Scenario, folder: Path, *, less: bool = False) -> "Recording":
    """Run the workload once. ``less``: with ``synchronous = NORMAL``, which promises less."""
    given, log, place = scenario.given(), folder / "record", folder / "place"
    place.mkdir(parents=True)
    words = [name, str(place), json.dumps(dict(given)), *(["less"] if less else [])]
    run("tests.support.powercut", words, {**os.environ, **preloaded(place, log)})
    return Recording(scenario, given, read(log), folder)


@dataclass
class Recording:
    """One run of a workload, to be cut as often as wanted."""

    scenario: Scenario
    given: Given
    events: list[Event]
    folder: Path

    def cut(self, count: int, seed: int, most_faults: int = 5) -> Verdicts:
        """Judge ``count`` cuts; ends early after ``most_faults``."""
        verdicts, seen = Verdicts(), set[bytes]()
        for number, cut in enumerate(cuts(self.events, count, seed)):
            verdicts.cuts += 1
            verdicts.said += len(cut.said)
            if (digest := cut.digest) in seen:
                continue
            seen.add(digest)
            verdicts.judged += 1
            fault = self._fault(cut, self.folder / f"cut-{seed}-{number}")
            if fault:
                verdicts.faults.append(f"seed {seed}, cut {number} after {cut.place} ({cut.way}): {fault}")
            if len(verdicts.faults) >= most_faults:
                break
        return verdicts

    def _fault(self, cut: Cut, folder: Path) -> str:
        """What is wrong with the folder. The keyring lies outside of it: one that answers too late is asked again."""
        fault = ""
        for _ in range(_ASKED):
            cut.lay_out(folder)
            try:
                self.scenario.judge(folder, self.given, cut.said)
            except KeyringMissing as error:
                fault = f"KeyringMissing {error}"
            except Exception as error:  # noqa: BLE001 -- whatever the shipped code says to such a folder is the fault
                return f"{type(error).__name__} {error} {getattr(error, 'data', '')}"
            else:
                return ""
            finally:
                _remove(folder)
        return fault


def last(said: tuple[str, ...], word: str) -> int:
    """The number behind the last mark that begins with ``word``; -1 without one."""
    found = [int(text.split()[1]) for text in said if text.split()[0] == word]
    return max(found, default=-1)


def words(said: tuple[str, ...], word: str) -> list[str]:
    """What stands behind the marks that begin with ``word``, in order."""
    return [text.partition(" ")[2] for text in said if text.split()[0] == word]


def seeds(seed: int, count: int) -> list[int]:
    """Seeds of as many recordings."""
    chance = Random(seed)
    return [chance.randrange(1 << 32) for _ in range(count)]


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()

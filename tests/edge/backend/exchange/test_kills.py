"""K-16, S01-4: killed at each commit and around each sending of relay, intermediary and core; the end is the model's.

What must not happen: an enquiry is lost, answered twice, provided twice, or before an earlier one of the same person.
Once at each place here; ``--endurance`` and ``make soak`` twenty times.
"""

import contextlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from tests.edge.backend.exchange.cities import Restarted
from tests.edge.backend.exchange.test_waiting import Cut, PowerCut
from tests.edge.backend.exchange.world import HERE, LOCAL, MOVED, THERE, World
from tests.support.slices import MovedClock

TIMES = 20
COMMITS = (
    ("accepting", 1),
    ("carrying", 1),
    ("carrying", 2),
    ("asking", 1),
    ("asking", 2),
    ("nws", 1),
    ("providing", 1),
)
SENDINGS = ("translate", "intermediary", "tax", "permits", "provider")
ANSWERS = {MOVED: ("value", 3_456_789), LOCAL: ("value", 2_222_222)}


class Severed:
    """A neighbour that is asked once: the power goes before it hears anything, or when its answer is on the way."""

    def __init__(self, inner, *, after: bool) -> None:
        self._inner, self._after = inner, after

    def ask(self, letter):
        if self._after:
            self._inner.ask(letter)
        raise PowerCut


def cut(part: str, at: int, *, kept: bool) -> Callable[[World], None]:
    def arm(world: World) -> None:
        victim = getattr(world.exchange, part)
        victim._book = Cut(victim._book, at, kept=kept)

    return arm


def severed(place: str, *, after: bool) -> Callable[[World], None]:
    def arm(world: World) -> None:
        carrier, asking = world.exchange.carrying, world.exchange.asking
        if place == "provider":
            asking._neighbours.providers[THERE] = Severed(asking._neighbours.providers[THERE], after=after)
            return
        holder = asking if place == "permits" else carrier
        broken = Severed(getattr(holder._neighbours, place), after=after)
        holder._neighbours = replace(holder._neighbours, **{place: broken})

    return arm


POINTS: dict[str, Callable[[World], None]] = {
    **{
        f"{part} {at} {'kept' if kept else 'lost'}": cut(part, at, kept=kept) for part, at in COMMITS for kept in (0, 1)
    },
    **{
        f"{place} {'after' if after else 'before'}": severed(place, after=after)
        for place in SENDINGS
        for after in (0, 1)
    },
}


@dataclass
class Model:
    """What was asked, by whom of whom in which order; and what must come of it."""

    asked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    kills: Counter[str] = field(default_factory=Counter)

    def names(self) -> Iterator[tuple[str, str]]:
        return ((subject, name) for subject, names in self.asked.items() for name in names)

    def demand(self, world: World) -> None:
        """The end: each enquiry has its person's answer, each act stands once, each person's in order."""
        for subject, name in self.names():
            state = world.state(_Known(name))
            assert state is not None, name
            assert state.answer is not None, (name, state)
            assert (state.answer.kind, state.answer.items.get("income")) == ANSWERS[subject], name
        relay = world.acts("relay", HERE)
        for kind in ("enquiry.accepted", "enquiry.answered"):
            stands = Counter(what["enquiry"] for this, what in relay if this == kind)
            assert stands == Counter(name for _, name in self.names()), kind
        place = {
            name: at
            for at, (kind, what) in enumerate(relay)
            if kind == "enquiry.answered" and (name := what["enquiry"])
        }
        for names in self.asked.values():
            assert [place[name] for name in names] == sorted(place[name] for name in names)
        over = [name for subject, name in self.names() if subject != LOCAL]
        for log, where, kind in (
            ("intermediary", HERE, "enquiry.recorded"),
            ("intermediary", HERE, "enquiry.answered"),
            ("intermediary", THERE, "provision.made"),
        ):
            numbers = Counter(what["process_number"] for this, what in world.acts(log, where) if this == kind)
            assert (len(numbers), set(numbers.values())) == (len(over), {1}), (log, kind)


@dataclass(frozen=True)
class _Known:
    enquiry_id: str


@pytest.mark.fault
def test_killed_at_any_commit_or_sending_the_end_is_that_of_the_model(
    restarted: Restarted, pytestconfig: pytest.Config
) -> None:
    model = Model()
    for turn in range(TIMES if pytestconfig.getoption("--endurance") else 1):
        clock = MovedClock()
        with contextlib.ExitStack() as last:
            world = last.enter_context(restarted(clock))
            for point, arm in POINTS.items():
                wanted = (MOVED, f"{turn} {point} a"), (LOCAL, f"{turn} {point} b"), (MOVED, f"{turn} {point} c")
                arm(world)
                with pytest.raises(PowerCut):
                    _all(world, wanted)
                model.kills[point] += 1
                last.close()
                clock.move(minutes=3)  # the lease of the dead process has run out
                world = last.enter_context(restarted(clock))
                _all(world, wanted)
                for subject, name in wanted:
                    model.asked[subject].append(name)
    assert set(model.kills.values()) == {turn + 1}
    with restarted(MovedClock()) as world:
        model.demand(world)


def _all(world: World, wanted: Sequence[tuple[str, str]]) -> None:
    """What is asked, the same when nothing was heard of it, is carried."""
    for subject, name in wanted:
        world.make(subject, enquiry_id=name, key=name)
    world.carry()


def test_a_model_that_was_not_kept_to_is_told(restarted: Restarted) -> None:
    model = Model()
    with restarted(MovedClock()) as world:
        model.asked[MOVED].append(world.make(MOVED, enquiry_id="never carried").enquiry_id)
        with pytest.raises(AssertionError):
            model.demand(world)
        world.carry()
        model.asked[MOVED].append("never made")
        with pytest.raises(AssertionError):
            model.demand(world)

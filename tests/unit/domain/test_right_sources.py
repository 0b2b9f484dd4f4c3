"""S03-4, S04-4: what the matrix says of a cell is what the decision function would decide."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from app.domain.right_sources import Place, department_sources, sources
from app.domain.rights import ANY, Actor, Department, Post, Right, Standing, allowed, effective

DAY = date(2027, 4, 1)
SECTIONS = {"claim": "子ども", "move": "住民", "tax": "税務"}
ACTS = ("application.read", "visit.open")
CLASSES = ("my_number", "pension", "")
days = some.none() | some.integers(-2, 2).map(lambda off: DAY + timedelta(days=off))
rights = some.builds(
    Right,
    some.sampled_from(ACTS),
    some.sampled_from((ANY, *SECTIONS)),
    some.sampled_from((ANY, "my_number", "pension")),
    days,
    days,
)
posts = some.builds(Post, some.sampled_from(("子ども課", "住民課", "無い課")), days, days)
departments = some.tuples(
    some.builds(Department, some.just("子ども課"), some.just(("子ども",)), some.lists(rights, max_size=3).map(tuple)),
    some.builds(
        Department, some.just("住民課"), some.just(("住民", "税務")), some.lists(rights, max_size=3).map(tuple)
    ),
)
standings = some.builds(
    Standing, some.lists(posts, max_size=2).map(tuple), some.lists(rights, max_size=3).map(tuple), departments
)


@given(standings, some.sampled_from(ACTS), some.sampled_from(tuple(SECTIONS)), some.sampled_from(CLASSES))
def test_a_cell_is_filled_exactly_where_the_person_may(standing, act, procedure, item_class) -> None:
    actor = Actor("1", "k", "", "", "", effective(standing, SECTIONS, DAY))
    found = sources(standing, SECTIONS, Place(act, procedure, item_class), DAY)
    may = allowed(actor, act, procedure, item_class, day=DAY)
    assert any(one.holds_on(DAY) for one in found) == may


def test_a_right_says_where_it_comes_from_until_when_and_from_when() -> None:
    eve = DAY - timedelta(days=1)
    children = Department("子ども課", ("子ども",), (Right("application.read"),))
    own = Right("application.read", "claim", since=DAY)
    standing = Standing((Post("子ども課", None, eve),), (own,), (children,))
    (first,) = sources(standing, SECTIONS, Place("application.read", "claim"), eve)
    assert (first.department, first.until, first.is_exact) == ("子ども課", eve, False)
    assert sources(standing, SECTIONS, Place("application.read", "move"), eve) == ()
    later = Standing((Post("子ども課"),), (own,), (children,))
    named = sources(later, SECTIONS, Place("application.read", "claim"), eve)
    assert [(one.department, one.since, one.is_exact) for one in named] == [("子ども課", None, False), ("", DAY, True)]
    assert [one.holds_on(eve) for one in named] == [True, False]


def test_a_department_gives_what_it_names_and_no_guarded_class_by_the_way() -> None:
    granted = (Right("item.show"), Right("item.show", item_class="my_number", until=DAY))
    assert len(department_sources(granted, Place("item.show", "claim", "pension"), DAY)) == 1
    (one,) = department_sources(granted, Place("item.show", ANY, "my_number"), DAY)
    assert (one.is_exact, one.until) == (True, DAY)
    assert department_sources(granted, Place("item.show", ANY, "my_number"), DAY + timedelta(days=1)) == ()

"""案内票 as it is set: every procedure in its box, in order, and no character missing in the plain letters."""

from datetime import UTC, date, datetime

from app.client.interview import shipped_guidance_words
from app.domain.interview import Told
from app.domain.visit_plan import plan_of
from app.services.compose_guidance import compose_guidance
from app.services.ports.seat import Press, Visit
from tests.edge.paper.test_press import PRESS, text_of
from tests.support.interviews import ISSUER, interview

AT = datetime(2026, 11, 20, 1, tzinfo=UTC)


def test_every_need_of_the_tables_can_be_set_and_read() -> None:
    """With every event named and every question answered yes: the longest slip there is."""
    book = interview()
    answers = {
        one.id: one.options[0].value if one.options else date(2026, 11, 10) if one.kind.value == "date" else True
        for one in book.questions
    }
    told = Told(frozenset(one.id for one in book.events), answers, {}, date(2026, 11, 20))
    plan = plan_of(book, told)
    assert len(plan.items) > 20
    about = (Press("t", "k", AT), Visit("v", "A012", AT))
    content = compose_guidance(about, book, plan, shipped_guidance_words(), (ISSUER, "訓練"))
    assert PRESS.press_checked(content, 30).faults == ()
    text = text_of(PRESS.press(content))
    assert text.index("転入届") < text.index("児童手当")
    assert "令和8年" in text
    assert "番号札" in text

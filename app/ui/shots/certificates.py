"""Pictures of certificates and seals: the request, the second look, the list of numbers, the register of seals."""

from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.resources import read_toml
from app.ui.screens.certificate_copies import CertificateCopiesScreen, CopyShown
from app.ui.screens.certificate_draft import CertificateDraftScreen, DraftShown
from app.ui.screens.certificate_request import CertificateRequestScreen, KindShown, MayShown
from app.ui.screens.review_shown import FindingShown
from app.ui.screens.seal_register import SealScreen, SealShown
from app.ui.shots.gallery import png_of
from app.ui.shots.stage import Shot, Stage
from app.ui.widgets.chip import Kind

_SAMPLE = "shots_certificates.toml"
_PAGE = (640, 905)


def shots(stage: Stage) -> tuple[Shot, ...]:
    """Each screen in its states."""
    return (
        Shot("19-certificate-request", partial(_request, stage)),
        Shot("19-certificate-request-third", partial(_request, stage, third=True)),
        Shot("19-certificate-request-held", partial(_request, stage, held=True)),
        Shot("19-certificate-draft", partial(_draft, stage)),
        Shot("19-certificate-draft-post", partial(_draft, stage, by_post=True)),
        Shot("19-certificate-copies", partial(_copies, stage)),
        Shot("19-certificate-copies-empty", partial(_copies, stage, filled=False)),
        Shot("19-seal", partial(_seal, stage)),
        Shot("19-seal-empty", partial(_seal, stage, filled=False)),
    )


def _request(stage: Stage, *, third: bool = False, held: bool = False) -> QWidget:
    t, screen = read_toml("text", _SAMPLE), CertificateRequestScreen(stage.kit)
    window = stage.window(screen)
    kinds = (("c", t["kind"]), ("r", t["removed"]), ("l", t["leaving"]), ("s", t["seal_kind"]))
    screen.show_request(t["who"], kinds, 20, confirmed=not third)
    names = ("household", "origin", "kana", "my_number", "resident_code", "addresses", "names")
    may = {"my_number", "resident_code"}
    screen.kind.show_value("c")
    screen.show_kind(
        KindShown(
            groups=tuple((name, t[name], not (third and name in may)) for name in names),
            persons=(("1", t["name"]), ("2", t["husband"]), ("3", t["child"])),
            single=False,
            by_card=False,
            examined=third,
            powered=False,
            exemptions=(("pension", t["pension"]),),
        )
    )
    word, words = partial(stage.kit.messages.word, "issue_line"), stage.kit.texts.certificate
    stops = words.may_not_stops(t["husband"].split("（")[0], t["kind"])
    yes = MayShown(may=True, word=word("may"), tone="success")
    no = MayShown(may=False, word=word("restrained"), tone="quiet", stops=stops)
    if not third:
        screen.show_may({"1": yes, "2": no if held else yes, "3": yes})
    return window


def _draft(stage: Stage, *, by_post: bool = False) -> QWidget:
    t, screen = read_toml("text", _SAMPLE), CertificateDraftScreen(stage.kit)
    window, words, word = stage.window(screen), stage.kit.texts.certificate_draft, stage.kit.messages.word
    found = ("goes_by_post", "provisional_waits") if by_post else ()
    screen.show_draft(
        DraftShown(
            title=t["kind"],
            copies=f"{t['kind']}　{words.copies_line(2)}",
            fee=words.fee_line(350, 2, 700),
            route=words.route_post if by_post else words.route_counter,
            address=t["address"] if by_post else "",
            findings=tuple(
                FindingShown(
                    key=one, stops=False, what=word("certificate_finding", one), why="",
                    next=word("certificate_finding_next", one), wants_look=True, looked=False,
                )
                for one in found
            ),
            pages=(_page(t["kind"]),),
        )
    )  # fmt: skip
    return window


def _copies(stage: Stage, *, filled: bool = True) -> QWidget:
    t, screen = read_toml("text", _SAMPLE), CertificateCopiesScreen(stage.kit)
    window, words, word = stage.window(screen), stage.kit.texts.certificate_copies, stage.kit.messages.word
    states: tuple[tuple[str, Kind, tuple[str, ...]], ...] = (
        ("issued", "information", ("print", "spoil", "fee")),
        ("printed", "warning", ("post", "spoil", "fee")),
        ("spoiled", "quiet", ("fee", "replace")),
    )
    rows = tuple(
        CopyShown(
            number=t[f"number_{at}"],
            title=f"{t['kind']}　{words.bears_number}" if "post" in may else t["kind"],
            state=word("copy_state", state),
            tone=tone,
            route=word("copy_route", "post" if "post" in may else "counter"),
            fee=words.yen(350),
            may=may,
            whom=t["address"] if "post" in may else t["who"],
            names=f"{t['name']}、{t['child']}",
            bears=words.bears_number if "post" in may else words.bears_none,
            sheets="2",
        )
        for at, (state, tone, may) in enumerate(states, 1)
    )
    reasons = tuple(stage.kit.messages.words("spoil_reason"))
    screen.show_copies(rows if filled else (), words.taken(1050) if filled else "", reasons)
    if filled:
        screen.show_copies(rows, words.taken(1050), reasons, t["number_2"])
        screen.banner.show_text("success", words.done_numbers)
    return window


def _seal(stage: Stage, *, filled: bool = True) -> QWidget:
    t, screen = read_toml("text", _SAMPLE), SealScreen(stage.kit)
    window, word = stage.window(screen), stage.kit.messages.word
    ways, shapes = (("p", t["way_photo"]), ("l", t["way_letter"])), (("c", t["shape"]),)
    screen.show_person(t["who"], (ways, shapes, (("a", t["reason"]),), (("x", t["pension"]),)), 500)
    asked, done = word("seal_state", "asked"), word("seal_state", "cancelled")
    rows = (
        SealShown("1", asked, "information", t["seal_text"], "", "", t["seal_letter"], "", ("answer", "cancel")),
        SealShown("2", done, "quiet", t["seal_text"], t["seal_card"], t["seal_day"], "", t["seal_why"], ()),
    )
    screen.show_seals(rows if filled else ())
    if filled:
        screen.show_imprint(_ring(t["seal_text"]))
    return window


def _page(title: str) -> bytes:
    """A page that only stands for one."""
    image = QImage(*_PAGE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawText(260, 80, title)
    for line in range(9):
        painter.drawRect(QRect(60, 120 + line * 32, 520, 32))
    painter.end()
    return png_of(image)


def _ring(text: str) -> bytes:
    """An imprint that only stands for one."""
    image = QImage(120, 120, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawEllipse(10, 10, 100, 100)
    painter.drawText(44, 66, text)
    painter.end()
    return png_of(image)

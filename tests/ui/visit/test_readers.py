"""The check of the readers between two visits, and what stands on the screen when a reader or card is in trouble."""

from dataclasses import replace

from PySide6.QtCore import Qt

from app.services.card_port import ReadersSeen
from app.standin.cards.profiles import ADULT
from app.ui.flows.card_watch import _short
from tests.ui.visit.conftest import READER, Counter

SHIFT = Qt.KeyboardModifier.ShiftModifier


def rows(counter: Counter, table: str, column: int) -> list[str]:
    found = getattr(counter.screen, table).model()
    return [found.index(row, column).data() for row in range(found.rowCount())]


def test_the_check_tells_what_answers_and_spends_no_try(counter: Counter):
    counter.put_card("blocked_pin")
    counter.key(Qt.Key.Key_F7, SHIFT)
    counter.at("リーダーの確認")
    counter.bot.waitUntil(lambda: bool(rows(counter, "_readers", 0)), timeout=6000)
    assert rows(counter, "_readers", 1) == ["カードが答えています", "使えます"]
    assert rows(counter, "_readers", 2) == ["マイナンバーカード", "なし"]
    answers = list(zip(rows(counter, "_answers", 0), rows(counter, "_answers", 1), strict=True))
    assert ("公的個人認証", "利用者証明用の暗証番号　使えません（初期化が必要）") in answers
    assert ("運転免許証", "ありません") in answers
    assert ("署名用電子証明書", "あり") in answers
    assert ADULT.name not in counter.shown()
    counter.key(Qt.Key.Key_F5)
    counter.says("パソコンのカードの機能は動いています")
    assert ("券面の確認", "照合番号B　あと10回") in zip(
        rows(counter, "_answers", 0), rows(counter, "_answers", 1), strict=True
    )
    counter.key(Qt.Key.Key_Escape)
    counter.at("次の応対")


def test_each_trouble_of_the_readers_has_its_words_and_a_next_step(counter: Counter):
    counter.start()
    seen = counter.readers.seen()
    empty, mute = seen.readers[0], replace(seen.readers[0], mute=True)
    for now, words in (
        (ReadersSeen(service_runs=False), "戻ると自動で使えます"),
        (ReadersSeen(service_runs=True), "リーダーのケーブルを差し直してください"),
        (ReadersSeen(service_runs=True, readers=(mute,)), "向きを確かめて置き直してください"),
        (ReadersSeen(service_runs=True, readers=(empty,)), "カードを置いてください"),
    ):
        counter.readers._seen = now
        for listener in counter.readers._listeners:
            listener(now)
        counter.says(words)
    counter.readers._seen = seen
    counter.put_card()
    counter.says(f"カードがあります（{READER}）")


def test_a_phone_and_a_long_name_of_a_reader_are_told_in_words_that_fit(counter: Counter):
    counter.start()
    counter.put_card("android")
    counter.says("スマートフォンなどの電子証明書があります")
    assert _short("SONY FeliCa RC-S300/P (1234567) 00 00") == "SONY FeliCa RC-S300/P"
    assert len(_short("A reader whose maker likes long names very much")) == 26

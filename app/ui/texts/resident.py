"""Words of the clerk's side of the resident's display; what the resident reads stands in resources/text/resident."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResidentDisplayTexts:
    """The display's window, and the strip that says what stands on it."""

    window_title: str
    show: str
    hide: str
    strip: str
    state_neutral: str
    state_held: str
    held: str
    back: str
    state_check_: str
    state_which: str
    state_sign: str
    state_pin: str
    state_other_: str
    language_: str
    say_sign: str
    say_wait: str
    say_takes_time: str
    say_document: str
    say_thanks: str
    say_more: str
    say_nothing: str
    choose: str
    key_: str
    lost_: str
    not_there_: str
    alerted: str
    translated: str

    def state_check(self, at: int, of: int) -> str:
        return self.state_check_.format(at=at, of=of)

    def state_other(self, text: str) -> str:
        return self.state_other_.format(text=text)

    def language(self, name: str) -> str:
        return self.language_.format(name=name)

    def key(self, text: str, key: str) -> str:
        return self.key_.format(text=text, key=key)

    def lost(self, monitor: str) -> str:
        return self.lost_.format(monitor=monitor)

    def not_there(self, monitor: str) -> str:
        return self.not_there_.format(monitor=monitor)


@dataclass(frozen=True, slots=True)
class ResidentMonitorTexts:
    """Choosing the resident's monitor."""

    title: str
    lead: str
    monitors: str
    number: str
    monitor: str
    connector: str
    size: str
    size_text_: str
    state: str
    own: str
    chosen: str
    free: str
    nothing: str
    choose: str
    forget: str
    forget_key: str
    back: str
    own_title: str
    own_text: str
    chosen_title_: str
    chosen_text: str
    forgotten: str
    number_text: str

    def size_text(self, width: int, height: int) -> str:
        return self.size_text_.format(width=width, height=height)

    def chosen_title(self, monitor: str) -> str:
        return self.chosen_title_.format(monitor=monitor)


@dataclass(frozen=True, slots=True)
class ResidentSayTexts:
    """A fee or a place, shown to the resident."""

    title: str
    lead: str
    fee: str
    fee_support: str
    show_fee: str
    fee_wrong: str
    place: str
    place_support: str
    show_place: str
    place_wrong: str
    back: str
    shown: str
    not_shown: str


@dataclass(frozen=True, slots=True)
class ResidentCheckTexts:
    """The resident checks and signs, as the clerk follows it."""

    title: str
    lead: str
    no_display_title: str
    no_display_text: str
    no_display_next: str
    blanked_title: str
    blanked_text: str
    alerted_title: str
    alerted_text: str
    nothing_title: str
    nothing_text: str
    page: str
    page_text_: str
    language: str
    state: str
    state_check: str
    state_which: str
    state_sign: str
    state_done: str
    content: str
    item: str
    value: str
    right: str
    wrong: str
    wrong_key: str
    again: str
    back: str
    paper: str
    paper_support: str
    sign_paper: str
    paper_missing: str
    wrong_title_: str
    wrong_text: str
    signed_title: str
    signed_text: str
    signature: str
    none: str
    by_: str
    on_paper_: str
    changed_: str
    holds: str
    differs: str
    shown_: str
    ask: str
    ask_key: str
    changed_title: str
    changed_next: str

    def page_text(self, at: int, of: int) -> str:
        return self.page_text_.format(at=at, of=of)

    def wrong_title(self, label: str) -> str:
        return self.wrong_title_.format(label=label)

    def by(self, means: str, time: str, language: str) -> str:
        return self.by_.format(means=means, time=time, language=language)

    def on_paper(self, number: str, time: str) -> str:
        return self.on_paper_.format(number=number, time=time)

    def changed(self, labels: str) -> str:
        return self.changed_.format(labels=labels)

    def shown(self, count: int) -> str:
        return self.shown_.format(count=count)

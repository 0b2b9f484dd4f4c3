"""Words of what goes to residents: notices, and what they were given of their own information."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExchangeOwnTexts:
    """自己情報の提供の記録: its words."""

    title: str
    list: str
    facts: str
    none: str
    provided: str
    information: str
    kind: str
    asked: str
    content: str
    content_key: str
    content_question: str


@dataclass(frozen=True, slots=True)
class ExchangeNoticesTexts:
    """マイナポータルのお知らせ: its words."""

    title: str
    list: str
    facts: str
    none: str
    state: str
    subject: str
    heading: str
    answer: str
    accepted: str
    opened: str
    answered: str
    delay: str
    next: str
    fresh: str
    fresh_key: str
    cancel: str
    cancel_key: str


@dataclass(frozen=True, slots=True)
class ExchangeNoticeSendTexts:
    """お知らせを出す: its words."""

    title: str
    lead_: str
    name: str
    heading: str
    body: str
    choices: str
    choices_support: str
    too_many: str
    until: str
    until_wrong: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, task: str) -> str:
        return self.lead_.format(task=task)


@dataclass(frozen=True, slots=True)
class ExchangeNoticeCancelTexts:
    """お知らせの取消し: its words."""

    title: str
    lead_: str
    reason: str
    send: str
    send_key: str
    question: str
    done: str
    done_text: str

    def lead(self, title: str, name: str) -> str:
        return self.lead_.format(title=title, name=name)

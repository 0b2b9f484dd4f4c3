"""Words of signing in, of the lock, and of the resident's display at rest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInTexts:
    """The sign-in screen."""

    title: str
    lead: str
    staff_id: str
    staff_id_support: str
    password: str
    password_support: str
    step_password: str
    step_second: str
    second_title: str
    second_text: str
    sign_in: str
    working: str
    empty_staff_id: str
    empty_password: str
    trace_notice: str
    ended_title: str
    card_lead: str
    card_pin: str
    card_pin_support: str
    empty_card_pin: str
    card_working: str
    use_pass: str
    use_card: str
    pass_lead: str
    one_time_pass: str
    one_time_pass_support: str
    empty_pass: str
    card_back: str
    version_: str

    def version(self, version: str) -> str:
        return self.version_.format(version=version)


@dataclass(frozen=True, slots=True)
class LockTexts:
    """The locked screen and the warning before it."""

    title: str
    why_asked: str
    why_idle: str
    why_system: str
    why_card: str
    why_lease: str
    password: str
    unlock: str
    other_person: str
    working: str
    empty_password: str
    card_pin: str
    card_pin_support: str
    empty_card_pin: str
    card_lead: str
    both_lead: str
    lease_over: str
    refused_title: str
    refused_why: str
    refused_next: str
    only_: str
    kept: str
    soon_: str
    stay: str

    def only(self, name: str) -> str:
        return self.only_.format(name=name)

    def soon(self, seconds: int) -> str:
        return self.soon_.format(seconds=seconds)

"""Words of the fixed strips around every screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameTexts:
    """Top strip, alert panel, function keys, training band."""

    program: str
    window_number_: str
    no_visit: str
    no_ticket: str
    ticket_: str
    no_procedure: str
    born_: str
    visit_clock: str
    signed_in_as_: str
    nobody: str
    unlocked: str
    locked: str
    offline_left_: str
    strip_name: str
    keys_name: str
    key_: str
    alerts: str
    no_alerts: str
    to_supervisor: str
    supervisor_called: str
    more_alerts_: str
    pending: str
    no_pending: str
    training_band: str
    training_mark: str

    def window_number(self, number: str) -> str:
        return self.window_number_.format(number=number)

    def ticket(self, number: str) -> str:
        return self.ticket_.format(number=number)

    def more_alerts(self, count: int) -> str:
        return self.more_alerts_.format(count=count)

    def born(self, date: str) -> str:
        return self.born_.format(date=date)

    def signed_in_as(self, name: str) -> str:
        return self.signed_in_as_.format(name=name)

    def offline_left(self, hours: int, minutes: int) -> str:
        return self.offline_left_.format(hours=hours, minutes=f"{minutes:02d}")

    def key(self, key: str, label: str) -> str:
        return self.key_.format(key=key, label=label)

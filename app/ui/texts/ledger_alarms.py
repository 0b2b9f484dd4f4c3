"""Words of the logs' alarms."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedgerAlarmsTexts:
    """What did not hold, what to do now, who took note."""

    title: str
    door: str
    door_text: str
    list: str
    loading: str
    none: str
    lead_: str
    calm_: str
    witness_: str
    witness_never_: str
    state: str
    waiting: str
    noted: str
    followed: str
    log: str
    log_there_: str
    found: str
    by: str
    by_office: str
    by_terminal_: str
    by_counterpart_: str
    since: str
    between: str
    one_: str
    why_: str
    now_: str
    noted_by_: str
    not_noted: str
    note: str
    note_support: str
    note_missing: str
    take_note: str
    take_note_key: str
    refresh: str
    back: str
    done_title: str
    done_text_: str

    def lead(self, count: int, waiting: int) -> str:
        return self.lead_.format(count=count, waiting=waiting)

    def calm(self, logs: int) -> str:
        return self.calm_.format(logs=logs)

    def witness(self, name: str, at: str, behind: int) -> str:
        return self.witness_.format(name=name, at=at, behind=behind)

    def witness_never(self, name: str) -> str:
        return self.witness_never_.format(name=name)

    def log_there(self, name: str, log: str) -> str:
        return self.log_there_.format(name=name, log=log)

    def by_terminal(self, name: str) -> str:
        return self.by_terminal_.format(name=name)

    def by_counterpart(self, name: str) -> str:
        return self.by_counterpart_.format(name=name)

    def one(self, log: str, found: str) -> str:
        return self.one_.format(log=log, found=found)

    def why(self, why: str) -> str:
        return self.why_.format(why=why)

    def now(self, now: str) -> str:
        return self.now_.format(now=now)

    def noted_by(self, name: str, at: str, note: str) -> str:
        return self.noted_by_.format(name=name, at=at, note=note)

    def done_text(self, log: str) -> str:
        return self.done_text_.format(log=log)

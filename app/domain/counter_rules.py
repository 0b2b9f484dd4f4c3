"""What an office decides for its counters: when they lock and sign out, how long they work alone, who may unlock."""

from dataclasses import dataclass, replace

LOCK_AFTER_S = (60, 300)
"""At most five minutes: いなべ市 本人確認情報取扱要領 (published); the lower end is assumed."""
SIGN_OUT_AFTER_S = (300, 3600)
"""How long a lock may last before it becomes a sign-out. Assumed."""
LEASE_S = (0, 24 * 3600)
"""How long a counter may go on without the office; 0: not at all. Assumed."""
PASSWORD_AFTER_S = (0, 24 * 3600)
"""How long after the password was given the staff card alone unlocks; 0: never. Assumed."""
SESSION_S = (3600, 12 * 3600)
"""How long a session lasts whatever happens: between an hour and the longest opening day with its ends. Assumed."""

_BOUNDS = {
    "lock_after_s": LOCK_AFTER_S,
    "sign_out_after_s": SIGN_OUT_AFTER_S,
    "lease_s": LEASE_S,
    "password_after_s": PASSWORD_AFTER_S,
    "session_s": SESSION_S,
}


@dataclass(frozen=True, slots=True)
class CounterRules:
    """窓口の設定. Times in seconds; the defaults are what holds while an office has decided nothing.

    ``lock_after_s``: idle time; ``sign_out_after_s``: counted from the lock; ``lease_s``: work without the office;
    ``password_after_s``: counted from the password given last, after which a lock wants it besides the staff card;
    ``session_s``: counted from the sign-in, after which the office's server takes the session's token no more: ten
    hours, a working day with its ends, so that nobody's work is cut short; the lock guards the seat meanwhile.
    ``second_factor``: nobody signs in by a password alone; ``staff_readers``: readers that may serve staff cards, ()
    for those that the PC names; ``older_copy_rule``: the older of two rules holds, by which a hard copy of
    a screen is made as far as the work needs it, with its reason kept; by the newer one none is made.
    """

    lock_after_s: int = 180
    sign_out_after_s: int = 900
    lease_s: int = 8 * 3600
    password_after_s: int = 4 * 3600
    second_factor: bool = True
    staff_readers: tuple[str, ...] = ()
    older_copy_rule: bool = False
    session_s: int = 10 * 3600

    def fault(self) -> str:
        """The first value that lies outside its bounds, by name; "" when all are within."""
        wrong = (name for name, (least, most) in _BOUNDS.items() if not least <= getattr(self, name) <= most)
        return next(wrong, "")

    def tightened(self, local: "Tightening") -> "CounterRules":
        """With what the PC's own settings ask for beyond it; what they would loosen stays as it is."""
        named = self.staff_readers
        if named and local.staff_readers:
            named = tuple(name for name in named if name in local.staff_readers)
        return replace(
            self,
            lock_after_s=_least(self.lock_after_s, local.lock_after_s),
            sign_out_after_s=_least(self.sign_out_after_s, local.sign_out_after_s),
            lease_s=_least(self.lease_s, local.lease_s),
            password_after_s=_least(self.password_after_s, local.password_after_s),
            second_factor=self.second_factor or local.second_factor,
            staff_readers=named or local.staff_readers,
            older_copy_rule=self.older_copy_rule and local.older_copy_rule is not False,
        )

    def loosened(self, local: "Tightening") -> tuple[str, ...]:
        """The names of what the PC's settings would loosen: they have no effect."""
        asked = {name: getattr(local, name, None) for name in _BOUNDS}
        wider = [name for name, value in asked.items() if value is not None and value > getattr(self, name)]
        return (*wider, *(("older_copy_rule",) if local.older_copy_rule and not self.older_copy_rule else ()))


@dataclass(frozen=True, slots=True)
class Tightening:
    """What a PC's own settings ask for; None and False ask for nothing. A session's length is the server's alone.

    But ``older_copy_rule`` False asks for no hard copies here.
    """

    lock_after_s: int | None = None
    sign_out_after_s: int | None = None
    lease_s: int | None = None
    password_after_s: int | None = None
    second_factor: bool = False
    staff_readers: tuple[str, ...] = ()
    older_copy_rule: bool | None = None


STRICTEST = CounterRules(
    lock_after_s=LOCK_AFTER_S[0],
    sign_out_after_s=SIGN_OUT_AFTER_S[0],
    lease_s=LEASE_S[0],
    password_after_s=PASSWORD_AFTER_S[0],
    session_s=SESSION_S[0],
    second_factor=True,
)
"""What holds where nothing of the office is known."""


def _least(decided: int, local: int | None) -> int:
    return decided if local is None else min(decided, local)

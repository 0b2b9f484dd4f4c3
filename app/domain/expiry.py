"""How long something still holds that ends by itself, and from when on people are told."""

from datetime import datetime

from app.domain.clock import business_date

TOLD, PRESSING, LAST = 30, 7, 1
"""Days before the end from which it is told, told as a warning, and told as what can't wait. Assumed."""
ENDED = -1


def days_left(until: datetime, now: datetime) -> int | None:
    """Days to the business date of the end: 0 on that day, ``ENDED`` after it; None while it need not be told."""
    if now > until:
        return ENDED
    days = (business_date(until) - business_date(now)).days
    return days if days <= TOLD else None

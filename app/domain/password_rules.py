"""What a password must be. The office checks it; the counter says so before it asks."""

SHORTEST, LONGEST = 12, 128
"""Characters. Twelve, or a phrase of several words. Source: R-025's field practice, assumed."""
LEAST_DIFFERENT = 5
REMEMBERED = 5
"""How many earlier passwords are not taken again, the present one among them. Assumed."""


def password_fault(password: str, staff_id: str) -> str:
    """Why this can't be a password: too_short, too_long, staff_number, too_plain; "" where it can.

    Whether it was used before only the office knows (``used_before``).
    """
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    folded = password.casefold()
    if staff_id and staff_id.casefold() in folded:
        return "staff_number"
    if len(set(folded)) < LEAST_DIFFERENT:
        return "too_plain"
    return ""

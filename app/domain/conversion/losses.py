"""What a conversion could not keep: each step that lost something says what was there and what it became."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One lossy step. ``kind`` is a stable code; ``what`` and ``became`` are code points or codes, never a whole name.

    Kinds of characters: not_in_charset, variation_lost, same_shape, composed, widened, control_character, unreadable,
    external_character, cut, edge_spaces. Kinds of values: unknown_code, not_digits, not_a_number, too_long,
    not_a_date, no_era, other_era, unknown_date, written_lost, not_a_flag. ``other_form``: the same value, written
    otherwise than it came. ``changed``: it would be read back as something else. ``wrong_kind``: not of the field's
    kind. ``no_field``: the layout has none of that name. ``byte_order_mark``: a mark before the first row.
    """

    kind: str
    what: str
    became: str


@dataclass(frozen=True, slots=True)
class Loss:
    """A step in its place. ``row`` counts from 1, 0 for the file; ``field`` is the layout's name."""

    row: int
    field: str
    step: Step


def points(text: str) -> str:
    """``text`` as code points, as in "U+20BB7 U+E0100"."""
    return " ".join(f"U+{ord(one):04X}" for one in text)

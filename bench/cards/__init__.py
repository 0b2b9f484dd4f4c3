"""Parts of the card's bench: a hand that lays cards on readers, a window that shows them, readings, JPKI."""

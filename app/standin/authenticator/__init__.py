"""A staff member's FIDO2 card made of software."""

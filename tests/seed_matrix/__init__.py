"""Which requirements the tests show."""

"""The supervisor's review of who looked at whom, at the window."""

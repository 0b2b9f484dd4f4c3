"""Distribution under load: a register that tells, residentbase, and systems that take."""

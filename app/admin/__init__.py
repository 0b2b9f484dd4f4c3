"""Set-up work and proofs without the window: one module per subject, each with its own sub-commands."""

"""The boundary between the register and the resident network."""

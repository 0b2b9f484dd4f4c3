"""社会保障宛名: tax data for the city's own use, and where people lived on 1 January (S05)."""

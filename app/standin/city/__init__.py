"""The training city: two invented municipalities with residents, households, tax data, personas and staff."""

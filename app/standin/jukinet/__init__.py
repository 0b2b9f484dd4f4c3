"""The resident network around a city, as training and tests need it: levels, card management, other municipalities."""

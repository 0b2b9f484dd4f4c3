"""Values and rules of the office."""

"""A My Number card made of software: files, rules, counters, keys; nothing of it is taken from app.card."""

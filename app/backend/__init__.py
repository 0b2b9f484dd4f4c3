"""The intermediary services: one slice per border of trust; slices share no table, no key and no import."""

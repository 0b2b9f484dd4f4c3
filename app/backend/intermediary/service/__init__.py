"""The intermediary's use cases: asking other bodies, and providing to them."""

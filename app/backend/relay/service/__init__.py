"""The relay's use cases: taking enquiries from counters, and carrying them."""

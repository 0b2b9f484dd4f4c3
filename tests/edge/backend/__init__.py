"""The intermediary services on real stores, in the words of who uses them."""

"""The use cases, before an office and a memory of their own."""

"""The desk's rules that need no store."""

"""The counter program: wiring of window, use cases and edges."""

"""Forms on real typst."""

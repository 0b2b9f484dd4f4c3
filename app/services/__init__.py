"""What the clerk does: one use case per module, and the ports it needs."""

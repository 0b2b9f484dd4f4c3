"""The communication server of the resident network on both engines, against the invented network over mutual TLS."""

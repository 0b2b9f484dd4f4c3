"""The use cases of the communication server."""

"""Parts of `make soak`: each gives figures of its own."""

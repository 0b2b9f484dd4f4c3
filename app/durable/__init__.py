"""Mechanisms for what must not be lost: engines, migrations, cells, answers by key, outbox, leaves, workers."""

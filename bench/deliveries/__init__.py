"""What waits and is delivered: how fast an outbox drains, alone and beside a transaction that stays open."""

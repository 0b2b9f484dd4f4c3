"""What this PC remembers: the vault, terminal.db with journal and outbox, work.db with drafts."""

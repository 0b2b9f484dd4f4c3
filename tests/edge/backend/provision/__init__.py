"""What the intermediary provides, keeps and registers: release, records, receivers of what was wrong, replica files."""

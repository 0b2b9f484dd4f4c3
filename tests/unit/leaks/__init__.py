"""What may leak: words in logs, messages and tracebacks."""

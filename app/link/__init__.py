"""The one mutual-TLS HTTP client, used by the counter and by slices that live in another process."""

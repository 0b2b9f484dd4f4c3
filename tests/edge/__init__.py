"""One edge and the real thing behind it: reader, database, keyring, loopback server."""

"""Signatures, sealing, certificates and ledger algebra: pure functions, bytes in, bytes out."""

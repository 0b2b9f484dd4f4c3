"""Tests of signatures, sealing, certificates and the algebra of the ledger."""

"""Tests of ledgers on real stores: written, audited, exported, verified, witnessed."""

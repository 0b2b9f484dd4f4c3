"""Tests of signing in, of the lock and of unlocking."""

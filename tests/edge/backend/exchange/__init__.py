"""Enquiries through all slices of the exchange."""

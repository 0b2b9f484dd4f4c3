"""Asks the authority about a certificate, by its responder and by its lists, in the order the office has chosen."""

"""Power cuts at any moment: what was acknowledged is there, nothing is there twice, ledgers verify."""

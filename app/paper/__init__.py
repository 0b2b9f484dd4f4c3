"""Paper: forms made by typst. Nothing of a resident touches a temporary file on the way."""

"""Somebody with write access to the rows of a log and none of its keys: a program apart, nothing of the product."""

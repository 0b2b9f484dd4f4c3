"""How well persons are found: labelled queries, judged by a second source that shares nothing with the product."""

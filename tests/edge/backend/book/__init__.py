"""The reception book, long cases, missing papers, what falls due, and the till."""

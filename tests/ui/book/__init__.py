"""The reception book, one case, papers, the board and the till in the real window."""

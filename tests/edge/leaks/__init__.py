"""What may leak: stores, lines, files of a whole visit."""

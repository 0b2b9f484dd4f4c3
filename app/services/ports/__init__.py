"""What the use cases need of the world: the office behind the line, this PC's memory, who sits here."""

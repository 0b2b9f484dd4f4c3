"""What a ward office knows: values and rules, no I/O."""

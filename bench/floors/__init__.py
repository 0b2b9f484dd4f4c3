"""What the machine and the bare parts take: the least a figure can be; nothing of the product is imported here."""

"""Small parts that screens are made of; each takes a Kit first and shows no word of its own."""

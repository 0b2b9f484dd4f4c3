"""社会保障宛名 on real stores: who is kept how, who may see what, and what goes where."""

"""The backend at its door: who comes in, what is refused and how, what is never said."""

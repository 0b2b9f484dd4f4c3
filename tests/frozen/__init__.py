"""The program as it was built, tried by ``make package``: building it takes minutes."""

"""Parts of the bench of registers: a city kept from run to run, whom to look for, and sixteen clerks."""

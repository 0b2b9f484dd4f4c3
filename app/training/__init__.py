"""Training mode: a synthetic city, its backend as a child process and virtual cards, on one machine without set-up."""

"""Small working parts behind the ports, each held to the suite of the real one."""

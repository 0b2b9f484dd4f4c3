"""個人基本 on real stores: what it takes, to whom it gives what, and what it never gives."""

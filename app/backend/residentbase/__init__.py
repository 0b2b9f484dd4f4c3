"""個人基本: changes of the register in order to approved systems, each its own items alone (S04)."""

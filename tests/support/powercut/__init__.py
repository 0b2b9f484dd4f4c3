"""Power cuts: what shipped programs write is recorded, and folders are made as a cut at any moment could leave them."""

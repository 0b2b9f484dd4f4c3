"""The edge to PC/SC readers and to what lies on them."""

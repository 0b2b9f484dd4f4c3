"""The clerk's screens and flows, walked as a clerk walks them."""

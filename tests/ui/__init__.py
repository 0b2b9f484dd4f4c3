"""Screens, flows and lanes on an offscreen window system."""

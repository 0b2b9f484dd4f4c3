"""The administrators' room."""

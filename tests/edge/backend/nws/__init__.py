"""The network core on real stores."""

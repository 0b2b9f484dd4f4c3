"""The addressee slice on real stores."""

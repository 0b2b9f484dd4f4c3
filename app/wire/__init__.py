"""What counter and backend slices say to each other: one module per slice, frozen and versioned."""

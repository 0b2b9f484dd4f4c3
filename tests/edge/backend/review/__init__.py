"""The access review on real slices."""

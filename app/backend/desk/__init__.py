"""窓口の記録: visits, sealed drafts, applications on their way to a decision, the terminals' journals (B1-1…, C-26)."""

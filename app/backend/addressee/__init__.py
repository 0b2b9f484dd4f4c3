"""団体内統合宛名: one number per person, its 個人番号 and its business numbers (S03, S15-1, -2)."""

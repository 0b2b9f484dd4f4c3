"""市中間サーバ: takes enquiries, absorbs hours and outages, translates numbers and names (S02, S15-3…5)."""

"""職員認証・権限: who sits where and may do what (S01-9, S03-4, S04-4, S16-6)."""

"""既存住基: the resident register, as far as the counter searches and opens it (S08-4)."""

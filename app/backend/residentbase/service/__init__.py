"""What residentbase does: takes changes, decides on uses, sends, answers, keeps linkage records."""

"""What to take away from a case: a page to print, letters, what to say on the phone, and dates for a calendar."""

"""Saved web pages: only their text and tables, as a person sees them."""

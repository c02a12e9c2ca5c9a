"""Spreadsheets: what their cells show (extract, run in the box) and which of it is claims (read)."""

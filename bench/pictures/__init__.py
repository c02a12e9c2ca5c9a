"""Papers printed and scanned or photographed, well and badly: how much of them is read."""

"""What a paper says. Imports nothing of ours."""

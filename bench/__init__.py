"""What `make bench` measures. No test asserts a time."""

"""The Summary of Benefits and Coverage, a form that federal law fixes: its questions, its table of services, its lists."""

"""Word files: their paragraphs and tables."""

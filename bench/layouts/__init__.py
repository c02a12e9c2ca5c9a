"""How well the text and CSV readers read layouts that nobody has seen: made-up papers and what they say."""

"""PDF: words and lines with their places, taken out in the box; pages without words go to the reader of pictures."""

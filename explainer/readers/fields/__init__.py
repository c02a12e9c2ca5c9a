"""Single values: money, dates, codes, counts, remark keys. Each knows only its own text."""

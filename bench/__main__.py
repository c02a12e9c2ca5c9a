"""`make bench`: every measure, one after the other. A measure that lacks its data says so."""

import importlib.util

from bench import speed


def main() -> None:
    """Runs what is there."""
    speed.main()
    if importlib.util.find_spec("bench.talks"):
        from bench import talks

        talks.main()


main()

"""`make bench`: every measure, one after the other."""

from bench import fhir, speed, talks
from bench import remittance, speed, talks
from bench.layouts import __main__ as layouts


def main() -> None:
    """Times, payment files, how right the conversation is, and how well layouts nobody has seen are read."""
    speed.main()
    fhir.main()
    remittance.main()
    talks.main()
    layouts.main()


if __name__ == "__main__":
    main()

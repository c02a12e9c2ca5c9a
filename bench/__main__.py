"""`make bench`: every measure, one after the other. `python -m bench.pdfs`, `bench.pictures` and `bench.hostile` take longer and
are run by themselves."""

from bench import asking, fhir, page, remittance, speed, talks
from bench.layouts import __main__ as layouts
from bench.pdfs import speed as pdf_speed


def main() -> None:
    """Times, payment files, how right the conversation is, and how well layouts nobody has seen are read."""
    speed.main()
    page.main()
    pdf_speed.main()
    fhir.main()
    remittance.main()
    asking.main()
    talks.main()
    layouts.main()


if __name__ == "__main__":
    main()

"""Times to read FHIR files: one claim, and a bundle of the size that a plan's data service gives for some years."""

import json
from pathlib import Path

from bench.speed import _line, milliseconds
from explainer.knowledge.base import Knowledge
from explainer.readers import Upload, read
from explainer.settings import Limits

PAPER = Path(__file__).resolve().parent.parent / "tests" / "papers" / "fhir" / "professional.json"
BUNDLE_BYTES = 450_000


def bundle(one: bytes, size: int) -> bytes:
    """A bundle of copies of one claim, each under its own number, of about that size."""
    claim, entries, total = json.loads(one), [], 0
    while total < size:
        entries.append({"resource": claim | {"id": f"e{len(entries)}", "identifier": [{"value": f"N{len(entries)}"}]}})
        total += len(json.dumps(entries[-1], indent=1))
    return json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entries}, indent=1).encode()


def main() -> None:
    """Prints the figures."""
    knowledge, one = Knowledge.load(), PAPER.read_bytes()
    many = bundle(one, BUNDLE_BYTES)
    for name, data, times in (("reading one FHIR claim", one, 30), (f"reading a FHIR bundle of {len(many) // 1000} kB", many, 8)):
        found = milliseconds(lambda data=data: read(Upload("p1", "a.json", data), knowledge, Limits()), times)  # type: ignore[misc]
        print(_line(name, found))


if __name__ == "__main__":
    main()

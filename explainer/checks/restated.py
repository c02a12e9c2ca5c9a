"""Claims under two numbers that are one: a corrected one gets a new suffix or number, a denied one is sent again and paid.

Two claims of one payer and provider for the same services, told on two days, are one claim only where something printed says so:
the numbers' common base, the paper's words, or that the older one was denied and the newer one was paid.
"""

import re
from datetime import date
from decimal import Decimal

from explainer.checks.senders import are_two, telling
from explainer.model.document import Claim, Document, ServiceLine
from explainer.model.numbers import SURE_NUMBER, plain_number

# "EX1100100-01": a base with a digit, a mark between, and the number of the version.
_SUFFIXED = re.compile(r"(?P<base>.*\d.*?)\s*[-/._ ]\s*(?:[A-Z]{0,3}\d{1,2}|[A-Z])", re.I)
_REPLACES = re.compile(
    r"\b(?:replac(?:es|ing|ement\s+(?:of|for))|supersedes|corrects|correction\s+(?:of|to|for)|adjusts|adjustment\s+(?:of|to)|"
    r"original\s+claim|reemplaza|sustituye|corrige|correcci[oó]n\s+del?|(?:reclamo|reclamaci[oó]n)\s+original)\b",
    re.I,
)
_CORRECTED = re.compile(
    r"\b(?:this\s+is\s+(?:a|the)\s+(?:corrected|adjusted|replacement|reprocessed)\s+claim|"
    r"(?:este\s+es\s+un\s+reclamo|esta\s+es\s+una\s+reclamaci[oó]n)\s+(?:corregid|ajustad)[oa])\b",
    re.I,
)
# "(replaces) your claim number: EX-1100100".
_NUMBER = re.compile(
    r"[ ]?(?:(?:your|su|the|el|la|earlier|original|previous|claim|reclamo|reclamaci[oó]n|number|n[úu]mero|no\.?|id|#|:)[ ]?){0,5}"
    r"(?P<number>(?=[\w./-]*\d)\w[\w./-]*\w)",
    re.I,
)
_AFTER = 60
Service = tuple[date, str]


def restates(newer: Document, claim: Claim, older: Document, before: Claim) -> bool:
    """Whether a claim told later, under another number, is the earlier one in a newer state."""
    if names_as_replaced(newer, claim, older, before):
        return True  # the day or the code may be what was corrected
    if not _one_sender(newer, claim, older, before):
        return False
    said = _same_base(claim, before) or _says_so(newer, before)
    return (said and _overlap(claim, before)) or _paid_at_last(claim, before)


def names_as_replaced(newer: Document, claim: Claim, older: Document, before: Claim) -> bool:
    """Whether a paper of one claim says in its words that it replaces that other claim, of any day.

    A short number is printed by many payers: it counts only where both papers print the same one."""
    number, own = plain_number(before.claim_id), plain_number(claim.claim_id)
    if len(newer.claims) != 1 or number is None or number == own or number not in replaced_numbers(newer):
        return False
    payers = [d.payer.casefold() for d in (newer, older) if d.payer]
    known = len(payers) == 2 or len(number) >= SURE_NUMBER
    return known and len(set(payers)) < 2 and newer.kind == older.kind and not are_two(claim.provider, before.provider)


def replaced_numbers(document: Document) -> tuple[str, ...]:
    """The numbers of earlier claims that the paper's words say it replaces, as they are compared."""
    named = (m for found in _REPLACES.finditer(document.text) if (m := _NUMBER.match(document.text, found.end())))
    plain = (plain_number(m["number"]) for m in named)
    return tuple(number for number in plain if number is not None)


def _one_sender(newer: Document, claim: Claim, older: Document, before: Claim) -> bool:
    """One printed provider, and no two payers."""
    kinds = newer.kind == older.kind
    payers = not newer.payer or not older.payer or newer.payer.casefold() == older.payer.casefold()
    return kinds and payers and bool(telling(claim.provider) & telling(before.provider))


def _overlap(claim: Claim, before: Claim) -> bool:
    """Whether one of the claims has all services of the other one."""
    first, second = _services(claim), _services(before)
    return bool(first and second) and (first <= second or second <= first)


def _services(claim: Claim) -> set[Service]:
    return {line.service for line in claim.lines if line.service}


def _same_base(claim: Claim, before: Claim) -> bool:
    bases = [_base(c.claim_id) for c in (claim, before)]
    whole = [plain_number(c.claim_id) for c in (claim, before)]
    pairs = ((bases[0], bases[1]), (bases[0], whole[1]), (whole[0], bases[1]))
    return any(a is not None and a == b and len(a) >= SURE_NUMBER for a, b in pairs)


def _base(number: str | None) -> str | None:
    match = _SUFFIXED.fullmatch((number or "").strip())
    return plain_number(match["base"]) if match else None


def _says_so(newer: Document, before: Claim) -> bool:
    """Whether the paper names the earlier claim as replaced, or calls its only claim a corrected one."""
    number = plain_number(before.claim_id)
    after = [newer.text[m.end() : m.end() + _AFTER] for m in _REPLACES.finditer(newer.text)]
    named = number is not None and len(number) >= SURE_NUMBER and any(number in (plain_number(t) or "") for t in after)
    return named or (len(newer.claims) == 1 and _CORRECTED.search(newer.text) is not None)


def _paid_at_last(claim: Claim, before: Claim) -> bool:
    """Whether all services of the earlier claim were denied, and the later one pays just them."""
    if before.status != "denied" or claim.status != "paid" or len(claim.lines) != len(before.lines):
        return False
    services = sorted(map(_billed, claim.lines)), sorted(map(_billed, before.lines))
    complete = all(line.service for line in claim.lines)
    return bool(claim.lines) and complete and services[0] == services[1]


def _billed(line: ServiceLine) -> tuple[date, str, Decimal]:
    return line.service_date or date.min, (line.code or "").upper(), line.units or Decimal(0)

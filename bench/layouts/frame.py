"""What stands around the services: who sends it, whose claim it is, notes, counts, and words that are no services."""

import random

from bench.layouts import words as w
from bench.layouts.style import Style
from bench.layouts.truth import Claim


def opening(r: random.Random, s: Style, payer: str) -> list[str]:
    """The head of the paper."""
    title, lines = s.pick(w.TITLES), [payer]
    if r.random() < 0.3:
        lines += ["P.O. Box 88213", "Lakemont, WA 98110-2204"]
    lines = [title, *lines] if r.random() < 0.2 else [*lines, title]
    if r.random() < 0.2:
        lines.append(s.pick((["THIS IS NOT A BILL"], ["ESTO NO ES UNA FACTURA"])))
    if r.random() < 0.15:
        lines += ["", s.pick(w.COUNTERS)]
    return [*lines, ""]


def _said(r: random.Random, s: Style, claim: Claim) -> list[tuple[str, str]]:
    member = f"W{r.randint(100000000, 999999999)}"
    said = [
        (s.pick(w.LABELS["patient"]), claim.patient),
        (s.pick(w.LABELS["member"]), member),
        (s.pick(w.LABELS["claim"]), claim.number),
        (s.pick(w.LABELS["provider"]), claim.provider),
        (s.pick(w.LABELS["processed"]), s.date(claim.processed)),
    ]
    r.shuffle(said)
    return said


def claim_head(r: random.Random, s: Style, claim: Claim) -> list[str]:
    """Labels and values above the services of a claim."""
    said, how = _said(r, s, claim), r.choice(["colon", "colon", "two", "bars", "places", "dots", "below"])
    if how == "colon":
        return [f"{k}: {v}" for k, v in said]
    if how == "two":
        return [f"{a[0]}: {a[1]}    {b[0]}: {b[1]}" for a, b in zip(said[::2], said[1::2], strict=False)] + [
            f"{said[-1][0]}: {said[-1][1]}"
        ]
    if how == "bars":
        return [" | ".join(f"{k}: {v}" for k, v in said[:3]), " | ".join(f"{k}: {v}" for k, v in said[3:])]
    if how == "places":
        return [f"{k:32}{v}" for k, v in said]
    if how == "dots":
        return [f"{k} {'.' * max(3, 30 - len(k))} {v}" for k, v in said]
    return [part for k, v in said for part in (k, v)] if r.random() < 0.5 else [f"{k}: {v}" for k, v in said]


def legend(r: random.Random, s: Style, claims: list[Claim]) -> list[str]:
    """The notes that the lines' keys stand for."""
    keys = list(dict.fromkeys(k for c in claims for line in c.lines for k in line.remarks))
    if "remarks" not in s.columns or not keys:
        return []
    form, head = r.choice(["{}  {}", "{}: {}", "{} - {}", "({}) {}", "{}\t{}"]), s.pick(w.LEGEND_HEADS)
    known = {k.replace("-", ""): t for k, t in w.LEGEND.items()}
    return ["", *([head] if head else []), *(form.format(k, known[k.replace("-", "")]) for k in keys)]


def closing(r: random.Random, s: Style) -> list[str]:
    """Words that are no services."""
    pool = w.FOOTERS[1] if s.spanish else w.FOOTERS[0]
    lines = r.sample(pool, r.randint(1, 4))
    if r.random() < 0.35:
        lines.insert(r.randrange(len(lines) + 1), s.pick(w.COUNTERS))
    return ["", *lines]

"""The amounts of a year in an answer's words: "Network: $500 individual / $1,000 family. Out-of-network: $1,000 / $2,000"."""

import re
from dataclasses import dataclass
from decimal import Decimal

_TOKEN = re.compile(
    r"(?P<out>out[- ]of[- ]network|non[- ]?(?:network|participating|preferred)|fuera de la red|no participantes?)"
    r"|(?P<in>in[- ]network|network|participating|preferred|dentro de la red|de la red|participantes?|en la red)"
    r"|(?P<amount>\$\s?[0-9][0-9,]*(?:\.[0-9]{2})?)"
    r"|(?P<family>famil(?:y|iar|ia)|two or more|group)"
    r"|(?P<individual>individual|per person|person|self[- ]only|self|persona|single|member)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Yearly:
    """One amount of a year and whom it is for. start, end: its characters in the answer."""

    amount: Decimal
    scope: str | None
    network: str | None
    start: int
    end: int


def yearly(text: str) -> tuple[Yearly, ...]:
    """The amounts, where it is plain which is which; else none."""
    found = [(m.lastgroup or "", m) for m in _TOKEN.finditer(text)]
    at = [i for i, (sort, _) in enumerate(found) if sort == "amount"]
    if not at:
        return ()
    scopes = _beside([s for s, _ in found], at, ("family", "individual"))
    networks = _beside([s for s, _ in found], at, ("in", "out"), carried=True)
    if scopes is None or networks is None:
        return ()
    made = tuple(
        Yearly(_dollars(found[i][1].group()), scope, network, found[i][1].start(), found[i][1].end())
        for i, scope, network in zip(at, scopes, networks, strict=True)
    )
    return made if len({(y.scope, y.network) for y in made}) == len(made) else ()


def _dollars(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", "").strip()).quantize(Decimal("0.01"))


def _beside(sorts: list[str], at: list[int], names: tuple[str, ...], carried: bool = False) -> list[str | None] | None:
    """The word of these that goes with each amount: before it or behind it, as the first one stands. None where one lacks it.

    carried: a word holds for all amounts up to the next such word.
    """
    told = [i for i, s in enumerate(sorts) if s in names]
    if not told:
        return [None] * len(at)
    before = told[0] < at[0]
    out: list[str | None] = []
    for number, i in enumerate(at):
        if before:
            near = (
                [s for s in sorts[: i + 1] if s in names]
                if carried
                else [s for s in sorts[(at[number - 1] + 1 if number else 0) : i] if s in names]
            )
            out.append(near[-1] if near else None)
        else:
            until = len(sorts) if carried or number + 1 == len(at) else at[number + 1]
            near = [s for s in sorts[i:until] if s in names]
            out.append(near[0] if near else None)
    return None if None in out else out

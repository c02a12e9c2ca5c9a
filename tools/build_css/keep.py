"""Leaves of a compressed stylesheet only the rules that the page can use: python3 keep.py IN OUT.

A rule stays for those of its selectors whose classes are all among KEPT. Rules of elements stay, save for elements and states
that the page has not, and for the one that would forbid sideways scrolling: it hides faults that a test looks for.
"""

import re
import sys
from pathlib import Path

KEPT = {"usa-button", "usa-button--outline", "usa-label", "usa-hint", "usa-input", "usa-textarea", "usa-error-message"}
GONE = re.compile(r"^body$|iframe|contentEditable|:disabled|aria-disabled|:root|usa-focus|--unstyled\)|\.usa-icon")
CLASS = re.compile(r"\.([a-z][a-z0-9_-]*)")
NOT = re.compile(r":not\([^)]*\)")


def kept(css: str) -> str:
    """The same stylesheet without what is not used. Blocks inside blocks (@media) are looked into."""
    out, at = [], 0
    while at < len(css):
        opening = css.find("{", at)
        if opening < 0:
            break
        selector, end = css[at:opening], closing(css, opening)
        out.append(rule(selector, css[opening + 1 : end]))
        at = end + 1
    return "".join(out)


def closing(css: str, opening: int) -> int:
    """Where the block that opens there ends."""
    depth, at = 1, opening + 1
    while depth:
        depth += {"{": 1, "}": -1}.get(css[at], 0)
        at += 1
    return at - 1


def rule(selector: str, body: str) -> str:
    """One rule with the selectors that are used, or nothing."""
    if selector.startswith("@"):
        inner = kept(body) if "{" in body else ""
        return f"{selector}{{{inner}}}" if inner else ""
    used = [one for one in re.split(r",(?![^(]*\))", selector) if usable(one)]
    return f"{','.join(used)}{{{body}}}" if used else ""


def usable(selector: str) -> bool:
    """Whether the page can have what the selector names."""
    return not GONE.search(selector) and set(CLASS.findall(NOT.sub("", selector))) <= KEPT


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(kept(Path(sys.argv[1]).read_text("utf-8").lstrip("\ufeff")), "utf-8")

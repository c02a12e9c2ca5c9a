"""How well the conversation does on tests/talks: by topic family, speech and voice, and what is taken for what."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "conversation"))

import scoring

from explainer.conversation.engine import Talker
from explainer.knowledge.base import Knowledge


def main() -> None:
    """Prints the score; with `--failing` every turn that is not right as well."""
    knowledge = Knowledge.load()
    judged = scoring.hold(Talker(knowledge), knowledge)
    for group, (right, turns) in scoring.shares(judged).items():
        print(f"{group:24} {right:4}/{turns:<4} {right / turns:6.1%}")
    print("\ntaken for another topic (wanted -> came):")
    for (wanted, came), times in scoring.confusions(judged).most_common():
        print(f"{times:4}  {wanted} -> {came}")
    if "--failing" in sys.argv:
        print("\n" + "\n".join(str(j) for j in judged if j.wrong))
    right, harmful = sum(not j.wrong for j in judged), sum(j.harmful for j in judged)
    print(f"\n{len(judged)} turns: {right / len(judged):.1%} right, {harmful} harmful")


if __name__ == "__main__":
    main()

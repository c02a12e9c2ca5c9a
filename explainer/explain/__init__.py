"""Lines, papers, findings and cases in words. Every word is content's; every amount is the paper's own."""

from explainer.explain.cases import case_summary
from explainer.explain.findings import finding_text, question_of
from explainer.explain.lines import LineExplanation, explain_line
from explainer.explain.papers import MOST_PEOPLE, about_and_next, names_of, summary
from explainer.explain.phrases import Phrase

__all__ = [
    "MOST_PEOPLE",
    "LineExplanation",
    "Phrase",
    "about_and_next",
    "case_summary",
    "explain_line",
    "finding_text",
    "names_of",
    "question_of",
    "summary",
]

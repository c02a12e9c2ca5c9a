"""Why something was not paid, by code and by the payer's own words, and what supports that nobody may bill it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from checks_build import PLACE, claim, line, paper, the

from explainer.checks import run_checks
from explainer.checks.denials import denials, excused
from explainer.checks.worded import worded_bucket
from explainer.explain import finding_text
from explainer.knowledge.base import Knowledge
from explainer.knowledge.load import load_raw
from explainer.knowledge.schema import LANGS
from explainer.model.document import Accumulator, Note
from explainer.model.source import Span
from explainer.paths import data_dir

KNOWN = Knowledge(load_raw(data_dir("content"), None))
UNPAID = "124 0 0 124 0 0 0 0 124"
FREE = "124 0 0 124 0 0 0 0 0"


def noted(words: str, amounts: str = UNPAID, key: str = "A1", **rest: Any) -> Any:
    """A paper with one unpaid line that carries the payer's own note key."""
    held = claim(line(1, amounts=amounts, remarks=(key,)), **rest)
    return paper(held, notes=(Note(key, words, Span("p1")),))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Benefit maximum reached for this calendar year.", "limit"),
        ("You have used all of your visits: the visit limit applies.", "limit"),
        ("This exceeds the number of visits your plan covers", "limit"),
        ("Physical therapy benefits exhausted", "limit"),
        ("Se alcanzó el límite de visitas de terapia.", "limit"),
        ("Ha alcanzado el maximo de visitas", "limit"),
        ("These services were not medically necessary.", "necessity"),
        ("The record does not meet our clinical criteria.", "necessity"),
        ("El servicio no fue médicamente necesario", "necessity"),
        ("We consider this maintenance therapy.", "maintenance"),
        ("No significant improvement is documented.", "maintenance"),
        ("This service requires prior approval.", "authorization"),
        ("We have no pre-authorization on file", "authorization"),
        ("Este servicio requiere autorización previa.", "authorization"),
        ("The plan of care was not signed.", "plan-of-care"),
        ("Recertification is missing.", "plan-of-care"),
        ("Our records show other insurance that pays first.", "other-insurance"),
        ("Falta la coordinación de beneficios", "other-insurance"),
        ("The claim was not received within the time allowed.", "timely"),
        ("Timely filing limit exceeded", "timely"),
        ("El reclamo se recibió tarde", "timely"),
        ("Your coverage ended before this date.", "eligibility"),
        ("Patient not eligible on the date of service", "eligibility"),
        ("Considered experimental and investigational", "experimental"),
        ("We are recouping an overpayment from the provider.", "taken-back"),
        ("Pago por error; recuperamos la cantidad", "taken-back"),
        # Alike, and no such reason.
        ("You have met your out-of-pocket maximum.", None),
        ("No prior authorization required.", None),
        ("An appeal must be received within 180 days.", None),
        ("Health maintenance organization", None),
        ("Maximum allowable charge applied", None),
        ("Thank you for choosing us.", None),
        ("", None),
    ],
)
def test_payers_own_words(words: str, kind: str | None) -> None:
    assert worded_bucket(words, KNOWN) == kind


@pytest.mark.parametrize(
    ("words", "amounts", "network", "case", "bucket"),
    [
        ("Benefit maximum reached", UNPAID, "in", "own-note", "limit"),
        ("Benefit maximum reached", FREE, "in", "own-note-zero", "limit"),
        ("This service requires prior approval", UNPAID, "in", "authorization-but-owed", "authorization"),
        ("This service requires prior approval", UNPAID, "out", "own-note", "authorization"),
        ("The claim was received too late", UNPAID, "in", "late-but-owed", "timely"),
        ("Thank you", UNPAID, "in", "own-note", None),
    ],
)
def test_the_words_of_a_note_tell_the_reason(words: str, amounts: str, network: str, case: str, bucket: str | None) -> None:
    """A1 is a reason code of X12 too, but a payer's own key is never looked up there."""
    document = noted(words, amounts, network=network)
    assert [(d.case, d.bucket) for d in denials(document, KNOWN)] == [(case, bucket)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("PR-119", {"en": "Count your visits", "es": "Cuente sus visitas"}),
        ("CO-50", {"en": "notes with measures", "es": "notas con medidas"}),
        ("CO-197", {"en": "asked for approval", "es": "pidió la autorización"}),
        ("CO-29", {"en": "normally the clinic's task", "es": "normalmente le toca a la clínica"}),
        ("OA-22", {"en": "which insurance goes first", "es": "cuál seguro va primero"}),
        ("PR-27", {"en": "coverage dates", "es": "fechas de cobertura"}),
        ("PR-55", {"en": "ask your doctor for a letter", "es": "pida a su médico una carta"}),
        ("M141", {"en": "The clinic keeps the plan of care", "es": "La clínica guarda el plan de tratamiento"}),
    ],
)
def test_a_finding_says_what_the_reason_means_for_the_patient(key: str, says: dict[str, str], lang: Any) -> None:
    amounts = FREE if key.startswith("CO") else UNPAID
    document = paper(claim(line(1, amounts=amounts, remarks=(key,)), network="out"))
    found = the(run_checks((document,), KNOWN)[0][1], "denial")
    text, question = finding_text(found[0], KNOWN, lang)
    assert says[lang] in text
    assert question.endswith("?")


@pytest.mark.parametrize(
    ("modifiers", "key", "case"),
    [
        (("GP", "GA"), "PR-50", "patient-notice"),
        (("GP", "GY"), "PR-96", "patient-never-covered"),
        (("GP", "GX"), "PR-96", "patient-never-covered"),
        (("GP", "GZ"), "PR-50", "gz-but-owed"),
        (("GP",), "PR-50", "patient-necessity"),
        (("GP", "GA"), "CO-50", "co-but-owed"),
    ],
)
def test_marks_of_a_notice_before_the_care(modifiers: tuple[str, ...], key: str, case: str) -> None:
    document = paper(claim(line(1, amounts=UNPAID, remarks=(key,), modifiers=modifiers), network="in"))
    assert [d.case for d in denials(document, KNOWN)] == [case]


@pytest.mark.parametrize(
    ("amounts", "keys", "network", "kind", "why"),
    [
        (FREE, ("CO-50",), None, "eob", "provider-group"),
        ("124 0 0 124 0 0 0 0 -", ("CO-50",), "out", "eob", "provider-group"),
        (FREE, ("A1",), "in", "eob", "in-network"),
        (FREE, ("A1",), None, "msn", "medicare"),
        (FREE, ("A1", "M27"), None, "eob", "protected"),
        # A share of $0.00 alone, out of the network or in none that is printed, frees nobody.
        (FREE, ("A1",), "out", "eob", None),
        (FREE, ("A1",), None, "eob", None),
        (FREE, ("OA-23",), None, "eob", None),
        (UNPAID, ("CO-50",), "in", "eob", None),
        (UNPAID, ("A1",), "in", "eob", None),
        ("124 0 0 124 0 0 0 0 -", ("A1",), "in", "eob", None),
    ],
)
def test_what_supports_that_the_provider_may_not_bill(
    amounts: str, keys: tuple[str, ...], network: str | None, kind: str, why: str | None
) -> None:
    held = claim(line(1, amounts=amounts, remarks=keys), network=network)
    document = paper(held, kind=kind)
    assert excused(held.lines[0], held, document, KNOWN) == why


@pytest.mark.parametrize(
    ("words", "case"),
    [("Benefit maximum reached", "denied-with-visits-left"), ("This service requires prior approval", "left")],
)
def test_a_limit_named_in_words_is_held_against_the_count_of_visits(words: str, case: str) -> None:
    count = Accumulator("visits", PLACE, used=Decimal(8), limit=Decimal(20))
    document = replace(noted(words), accumulators=(count,))
    assert [f.case for f in the(run_checks((document,), KNOWN)[0][1], "limit.visits")] == [case]

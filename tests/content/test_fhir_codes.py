"""The codes of FHIR files: complete for the public code systems, and refused where they cannot be."""

import pytest
from pydantic import ValidationError

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import FhirCodes
from explainer.model.source import Span
from explainer.readers.fhir.book import code_book
from explainer.readers.fhir.codings import Coding, system_key

CITED = {"source": "carin-bb", "as_of": "2026-11-25", "checked": "2026-11-25"}
CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
HL7 = "http://terminology.hl7.org/CodeSystem/adjudication|1.0.1"
CMS = "https://bluebutton.cms.gov/resources/codesystem/adjudication"
IDR = "https://bluebutton.cms.gov/fhir/CodeSystem/Adjudication"
VARIABLE = "https://bluebutton.cms.gov/resources/variables/"


@pytest.mark.parametrize(
    ("codings", "field"),
    [
        ([(CARIN, "coinsurance")], "coinsurance"), ([(CARIN, "noncovered")], "not_covered"),
        ([(CARIN, "priorpayerpaid")], "other_paid"),
        ([(CARIN, "paidbypatient")], "patient_paid"), ([(CARIN, "paidbypatientcash")], "patient_paid"),
        ([(CARIN, "paidbypatientother")], "patient_paid"), ([(CARIN, "paidtopatient")], "plan_paid"),
        ([(CARIN, "paidtoprovider")], "plan_paid"), ([(CARIN, "memberliability")], "patient_owes"),
        ([(CARIN, "discount")], "discount"),
        ([(CARIN, "drugcost")], "billed"), ([(HL7, "submitted")], "billed"), ([(HL7, "copay")], "copay"),
        ([(HL7, "eligible")], "allowed"),
        ([(HL7, "deductible")], "deductible"), ([(HL7, "unallocdeduct")], "deductible"), ([(HL7, "eligpercent")], "none"),
        ([(HL7, "tax")], "note"), ([(HL7, "benefit")], "plan_paid"), ([("", "benefit")], "plan_paid"),
        ([(CMS, VARIABLE + "line_nch_pmt_amt")], "plan_paid"), ([(IDR, "CLM_LINE_ALOWD_CHRG_AMT")], "allowed"),
        ([(HL7, "submitted"), (CMS, VARIABLE + "rev_cntr_rate_amt")], "none"),
        ([(HL7, "submitted"), (CMS, VARIABLE + "rev_cntr_pmt_amt_amt")], "plan_paid"),
        ([(CARIN, "priorpayerpaid"), (CMS, VARIABLE + "clm_tot_chrg_amt")], "other_paid"),
        ([(HL7, "submitted"), (CMS, VARIABLE + "clm_tot_chrg_amt")], "billed"),
        ([(CARIN, "coinsurance"), (CMS, VARIABLE + "not_known_yet")], "coinsurance"),
        ([("https://example.com/kinds", "submitted")], None), ([(CARIN, "nothing-of-ours")], None),
        ([(HL7, "copay"), (CARIN, "coinsurance")], None),
    ],
)  # fmt: skip
def test_meaning(knowledge: Knowledge, codings: list[tuple[str, str]], field: str | None) -> None:
    listed = [Coding(system_key(system), code, None, Span("p")) for system, code in codings]
    found = code_book(knowledge).amount(listed)
    assert (found[0].field if len(found) == 1 else None) == field


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"role": "amount", "codes": {"a": {"field": "visits"}}}, "cannot be visits"),
        ({"role": "network", "codes": {"a": {"field": "billed"}}}, "cannot be billed"),
        ({"role": "group", "codes": {"CO": {"field": "discount"}}}, "cannot be discount"),
        ({"role": "amount", "codes": {"Submitted": {"field": "billed"}}}, "small letters"),
        ({"role": "amount", "codes": {"a": {"field": "price"}}}, "Input should be"),
        ({"role": "price"}, "Input should be"), ({"role": "amount", "colour": "red"}, "Extra inputs"),
    ],
)  # fmt: skip
def test_faults(body: dict[str, object], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        FhirCodes.model_validate({"systems": ["example.com"], **CITED, **body})


def test_systems_are_written_as_they_are_compared(knowledge: Knowledge) -> None:
    for entry in knowledge.fhir.values():
        for system in entry.systems:
            assert system == system_key(system)

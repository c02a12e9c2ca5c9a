"""Times to appeal in made-up sentences: only the member's own first appeal counts, from the day that the words behind tell."""

from datetime import date

import pytest
from reader_papers import read_bytes

from explainer.model.document import AppealNotice

PAPER = """Evergreen Sample Health Plan
EXPLANATION OF BENEFITS - THIS IS NOT A BILL
Notice date: 03/12/2026
Patient: Robin Sample    Member ID: ZZ100200300
Claim number: EX-1100100   Provider: Willow Street Therapy

Date        Code      Description           Units  Billed   Discount  Allowed  Plan paid  You may owe
03/02/2026  97110-GP  Therapeutic exercise  2      $120.00  $0.00     $0.00    $0.00      $120.00

"""


def said(words: str) -> AppealNotice | None:
    return read_bytes(f"{PAPER}{words}\n".encode()).document.appeal


@pytest.mark.parametrize(
    ("words", "days", "start"),
    [
        ("You may appeal within 180 days of this notice.", 180, "notice"),
        ("You may appeal this decision within 180 days of receiving this notice.", 180, "receipt"),
        ("Usted puede apelar esta decisión dentro de 180 días de la fecha de este aviso.", 180, "notice"),
        (
            "Claims must be filed within 365 days of the date of service. You may appeal within 180 days of this notice.",
            180,
            "notice",
        ),
        ("Claims must be filed within 365 days of service, and you may appeal within 180 days of this notice.", 180, "notice"),
        ("You must appeal within 180 days of the date of service.", 180, "service"),
        ("You may appeal within 90 days of the date we printed the check.", 90, None),
        ("Appeal rights: If you disagree, you have 180 days.", 180, None),
        ("You may appeal within 180 calendar days of this notice.", 180, "notice"),
        ("You have 180 days to appeal from the date you receive this EOB.", 180, "receipt"),
        ("Your appeal must reach us within one hundred eighty (180) days from your receipt of this letter.", 180, "receipt"),
        ("From the date of this notice, you have 60 days to appeal.", 60, "notice"),
        ("You may appeal within 65 days of the date of our decision.", 65, "notice"),
        ("Providers may appeal within 90 days from the date of this notice. Members may appeal within 180 days.", 180, None),
        ("Providers may appeal within 90 days, members within 180 days from the date of this notice.", 180, "notice"),
        ("Second level appeal: 60 days from our decision letter. First level appeal: 180 days from this notice.", 180, "notice"),
        ("You can ask for an external review within 120 days. You must appeal within 180 days of this letter.", 180, "notice"),
        ("You may appeal within 180 days of this notice. We will answer within 30 days.", 180, "notice"),
        ("You must file an appeal. You have 120 days from the date you get this notice.", 120, "receipt"),
        (
            "If you do not agree with this decision, you may ask for\nan appeal within 180 days after you receive this notice.",
            180,
            "receipt",
        ),
        ("You may file an appeal or grievance within 60 days of this notice.", 60, "notice"),
        ("You or your provider may appeal within 180 days after you receive this notice.", 180, "receipt"),
        ("Appeals filed before 01/01/2026 go to PO Box 1. You must appeal within 180 days of this notice.", 180, "notice"),
        ("Puede apelar dentro de 180 días de la fecha de este aviso.", 180, "notice"),
        ("Usted tiene 60 días calendario para apelar desde la fecha de esta carta.", 60, "notice"),
        ("Usted tiene 180 días desde que recibió este aviso para apelar.", 180, "receipt"),
        ("Debe apelar dentro de 180 días de la fecha del servicio.", 180, "service"),
        ("Los proveedores pueden apelar en 90 días. Usted puede apelar en 180 días a partir de este aviso.", 180, "notice"),
        ("Segunda apelación: 60 días. Primera apelación: 180 días desde la fecha de este aviso.", 180, "notice"),
        ("Appeals must be mailed no later than ninety calendar days after the date of this letter.", 90, "notice"),
        ("An appeal has to reach us within forty-five days of the day you receive this notice.", 45, "receipt"),
        ("You have one hundred and twenty days from the date of this notice to appeal.", 120, "notice"),
        ("You have 60 (sixty) days from the date of this notice to appeal.", 60, "notice"),
        ("Puede apelar dentro de los ciento ochenta días siguientes a la fecha de este aviso.", 180, "notice"),
        ("Tiene treinta y cinco (35) días desde que recibió este aviso para apelar.", 35, "receipt"),
        ("You may appeal within 180 days of this notice. We keep appeals for seven years.", 180, "notice"),
        ("Los reclamos se deben enviar en 365 días. Puede apelar en 180 días desde este aviso.", 180, "notice"),
    ],
)
def test_days_and_where_they_start(words: str, days: int, start: str | None) -> None:
    found = said(words)
    assert found is not None
    assert (found.days, found.counted_from, found.last_day) == (days, start, None)


@pytest.mark.parametrize(
    "words",
    [
        "You have 60 business days from the date of this notice to appeal.",
        "You may appeal within 180 days of this notice. Appeals must be sent within 60 days of this notice.",
        "You may appeal within 180 days of this notice. You must appeal within 180 days of the date of service.",
        "Usted tiene 60 días hábiles desde la fecha de este aviso para apelar.",
        "Puede apelar en 180 días desde este aviso. Debe apelar en 60 días desde este aviso.",
        "You may appeal within six (6) months after you receive this notice.",
        "You have 6 months from the date of this notice to appeal.",
        "Appeals must be filed within one year of this notice.",
        "Puede apelar en un plazo de seis meses desde este aviso.",
        "You may appeal within 8 weeks of this letter.",
        "You may appeal within ninety (60) days of this notice.",
        "You may appeal within twenty ninety days of this notice.",
        "You may appeal within sisty days of this notice.",
        "Your appeal must reach us by the 60th day after this notice.",
        "Please file your appeal by the end of the month after this notice.",
        "You must appeal within the time limit printed in your handbook.",
        "Debe apelar dentro del plazo que indica su manual.",
        "Appeal by February 30, 2026",
        "You may appeal within 180 days of this notice. In Ohio you may appeal within one year.",
    ],
)
def test_what_cannot_be_counted_is_left_in_the_papers_words(words: str) -> None:
    found = said(words)
    assert found is not None
    assert (found.days, found.last_day, found.words) == (None, None, words)


@pytest.mark.parametrize(
    "words",
    [
        "If you appeal, we must answer within 30 days of the date we receive your appeal.",
        "If you appeal our decision, we will send you our decision within 30 days.",
        "If you appeal, we will write to you within two weeks.",
        "You may bring a civil action within one year of our decision on your appeal.",
        "We keep the records of your appeal for seven years.",
        "We will tell you about your appeal by the end of next month.",
        "If you appeal, your plan must decide within the time limit of the law.",
        "Your appeal will be answered within 60 days of the date of this notice.",
        "Within 30 days of receiving your appeal, we will send you a decision.",
        "Providers may appeal within 90 days from the date of this notice.",
        "Your provider may\nappeal within 90 days from the date of this notice.",
        "A second appeal must be made within 60 days from the date of the decision.",
        "You may ask for an external review of your appeal within 60 days of this notice.",
        "To file a grievance instead of an appeal, write to us within 60 days of this notice.",
        "To keep getting services during your appeal, ask within 10 days of this notice.",
        "Claims must be filed within 365 days of the date of service.",
        "The deadline to appeal your last claim was January 15, 2026.",
        "The deadline to appeal is March 12, 2026.",
        "Appeals received by 05/01/2026 go to PO Box 1.",
        "We will answer your appeal by June 1, 2026.",
        "Responderemos a su apelación dentro de 30 días de recibir su apelación.",
        "Los proveedores pueden apelar dentro de 90 días de este aviso.",
        "Puede pedir una revisión externa de la apelación en 60 días.",
    ],
)
def test_other_times_are_none_of_the_members_appeal(words: str) -> None:
    assert said(words) is None


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("You can appeal until 4/5/26.", date(2026, 4, 5)),
        ("We must receive your appeal by:\n\nMay 1, 2026", date(2026, 5, 1)),
        ("The last day to appeal is May 1, 2026.", date(2026, 5, 1)),
        ("You must file your appeal no later than 05/01/2026. You have 60 days.", date(2026, 5, 1)),
        ("Debe apelar a más tardar el 1 de mayo de 2026.", date(2026, 5, 1)),
        ("La fecha límite para apelar es el 1 de mayo de 2026.", date(2026, 5, 1)),
    ],
)
def test_a_printed_last_day(words: str, last: date) -> None:
    found = said(words)
    assert found is not None
    assert found.last_day == last


def test_calendar_days_are_counted_from_the_date_printed() -> None:
    paper = PAPER.replace("Notice date: 03/12/2026", "Date: 10/30/2026")
    document = read_bytes(f"{paper}You may appeal within 180 calendar days of this notice.\n".encode()).document
    assert document.appeal is not None
    assert (document.appeal.days, document.appeal.counted_from, document.notice_date) == (180, "notice", date(2026, 10, 30))

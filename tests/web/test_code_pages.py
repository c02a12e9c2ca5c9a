"""Pages with stable addresses and nobody's data: codes, words, units; and the one that may stand in a frame."""

import re

import pytest
from flask.testing import FlaskClient

from explainer.knowledge.base import Knowledge

BASES = ["", "/es"]


@pytest.mark.parametrize("base", BASES)
def test_every_code_of_the_index_has_its_page(client: FlaskClient, knowledge: Knowledge, base: str) -> None:
    links = re.findall(rf'href="({base}/codes/[^"]+)"', client.get(f"{base}/codes").text)
    assert len(links) > len(knowledge.procedures)
    for link in links[::37]:
        page = client.get(link)
        assert page.status_code == 200, link
        assert f">{link.rsplit('/', 1)[1]}</a>" not in page.text.split('class="related"')[0]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("/codes/97110", "/codes/97110"), ("/codes/97110-GP", "/codes/97110"), ("/codes/gp", "/codes/GP"),
        ("/terms/deductible", "/terms/deductible"), ("/units?units=3", "/units?units=3"), ("/codes", "/codes"),
        ("/units?units=x", "/units"), ("/units?minutes=38", "/units?minutes=38"),
    ],
)  # fmt: skip
def test_each_page_names_itself_in_both_languages(client: FlaskClient, base: str, asked: str, named: str) -> None:
    page = client.get(base + asked).text
    assert f'<link rel="canonical" href="http://localhost{base}{named}">' in page
    assert f'hreflang="es" href="http://localhost/es{named}"' in page
    assert f'hreflang="en" href="http://localhost{named}"' in page
    assert '<meta name="description" content="' in page


@pytest.mark.parametrize(("code", "others"), [("97110", {"97112", "97530", "97140"}), ("97112", {"97110"}), ("97140", {"97110"})])
def test_related_codes_lead_to_each_other(client: FlaskClient, code: str, others: set[str]) -> None:
    related = client.get(f"/codes/{code}").text.split('class="related"')[1].split("</ul>")[0]
    assert others <= set(re.findall(r"/codes/(\w+)", related))


@pytest.mark.parametrize(("query", "says"), [("minutes=38", "3"), ("minutes=8", "1"), ("units=3", "38")])
def test_units_and_minutes(client: FlaskClient, query: str, says: str) -> None:
    assert says in client.get(f"/units?{query}").text.split('id="units-answer"')[1].split("</section>")[0]


@pytest.mark.parametrize("minutes", ["0", "481", "x", "-5", "٣"])
def test_minutes_out_of_range_say_so(client: FlaskClient, minutes: str) -> None:
    assert 'id="minutes-wrong"' in client.get("/units", query_string={"minutes": minutes}).text


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("code", "status"), [("97110", 200), ("CO-45", 200), ("99999", 404), ("9" * 50, 404), ("<b>", 404)])
def test_only_the_code_may_stand_in_a_frame(client: FlaskClient, base: str, code: str, status: int) -> None:
    client.get("/")
    page = client.get(f"{base}/embed/codes/{code}")
    assert page.status_code == status
    assert "frame-ancestors http: https:" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert "Set-Cookie" not in page.headers
    for mark in ("<form", "<script", "csrf", "<b>"):
        assert mark not in page.text
    whole = client.get(f"{base}/codes/97110")
    assert "frame-ancestors 'none'" in whole.headers["Content-Security-Policy"]
    assert whole.headers["X-Frame-Options"] == "DENY"


def test_an_unknown_code_is_not_made_up(client: FlaskClient, knowledge: Knowledge) -> None:
    page = client.get("/es/codes/99999")
    assert page.status_code == 404
    assert knowledge.say("error.no-code.message", "es") in page.text
    assert 'href="/es/codes"' in page.text

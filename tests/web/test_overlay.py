"""A clinic's own name and look: shown where it is right, refused with a plain reason where it is not."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from explainer.knowledge.base import Knowledge
from explainer.knowledge.schema import LANGS
from explainer.sessions.memory import MemoryShelf
from explainer.settings import OverlayLimits
from explainer.web import create_app
from explainer.web.overlay import SETTING, BadOverlay, contrast, overlay_of

LIMITS = OverlayLimits()
GOOD = """
name: "Willow Street <PT>"
phone: "(555) 010-0199"
link: "https://willow.example/help"
logo: "logo.png"
colours: {light: "#1a4480", dark: "#a9d1f5"}
greeting: {en: "Ask us at the desk.", es: "Pregunte en la recepción."}
"""


def _png(side: int = 40, kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), (20, 80, 160)).save(out, kind)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "overlay.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "logo.png").write_bytes(_png())
    return tmp_path


def test_the_page_carries_it(folder: Path, knowledge: Knowledge, talker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, str(folder))
    client = create_app(None, knowledge, MemoryShelf(), talker=talker).test_client()
    page = client.get("/es/").text
    for part in ("Willow Street &lt;PT&gt;", "(555) 010-0199", "https://willow.example/help", "Pregunte en la recepción."):
        assert part in page
    for name, kind in (("logo.png", "image/png"), ("overlay.css", "text/css")):
        answer = client.get(client.application.extensions["explainer"].assets.url(name))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(kind)
    assert "#1a4480" in client.get(client.application.extensions["explainer"].assets.url("overlay.css")).text


@pytest.mark.parametrize(
    ("find", "put", "key"),
    [
        ('name: "Willow Street <PT>"', "", "fields"), ("phone:", "fax:", "fields"), ("#1a4480", "navy", "fields"),
        ("#1a4480", "#7fb2e5", "contrast"), ("#a9d1f5", "#1a4480", "contrast"), ("https://willow", "http://willow", "link"),
        ("https://willow.example", "javascript:alert(1)//", "link"), ("https://willow.example", "https://a:b@w.ex", "link"),
        ("(555) 010-0199", "<b>call</b>", "phone"), ("logo.png", "../logo.png", "logo-place"),
        ("logo.png", "none.png", "no-file"), ("Ask us at the desk.", "x" * 300, "greeting"), (", es:", ", fr:", "fields"),
        ("name:", "name: [", "not-yaml"),
        ("name:", "!!python/object/apply:os.system ['x']\nname:", "not-yaml"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_reason(folder: Path, knowledge: Knowledge, find: str, put: str, key: str) -> None:
    (folder / "overlay.yaml").write_text(GOOD.replace(find, put), "utf-8")
    with pytest.raises(BadOverlay) as error:
        overlay_of(folder, LIMITS)
    assert error.value.key == f"overlay.{key}"
    for lang in LANGS:
        assert knowledge.say(error.value.key, lang, error.value.values)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo-kind"), (b"GIF89a", "logo-kind"),
        (b"\x89PNG\r\n\x1a\nrest", "logo-kind"), (b"\0" * (LIMITS.logo + 1), "too-big"),
        (_png(LIMITS.logo_side + 1), "logo-side"), (_png(40, "GIF"), "logo-kind"), (b"", "logo-kind"),
    ],
    ids=["svg", "gif", "broken", "big", "wide", "gif-named-png", "empty"],
)  # fmt: skip
def test_a_bad_logo_is_refused(folder: Path, data: bytes, key: str) -> None:
    (folder / "logo.png").write_bytes(data)
    with pytest.raises(BadOverlay) as error:
        overlay_of(folder, LIMITS)
    assert error.value.key == f"overlay.{key}"


def test_what_lies_behind_a_picture_is_not_served(folder: Path) -> None:
    (folder / "logo.png").write_bytes(_png() + b"<script>alert(1)</script>")
    logo = overlay_of(folder, LIMITS).logo
    assert logo is not None
    assert b"script" not in logo.data


def test_a_missing_or_big_file(tmp_path: Path) -> None:
    for name, data, key in (("none.yaml", None, "no-file"), ("big.yaml", b"#" * (LIMITS.file + 1), "too-big")):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(BadOverlay) as error:
            overlay_of(tmp_path / name, LIMITS)
        assert error.value.key == f"overlay.{key}"


@pytest.mark.parametrize(
    ("one", "other", "found"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#fff000", "#fff000", 1.0)]
)
def test_contrast_as_wcag_counts_it(one: str, other: str, found: float) -> None:
    assert contrast(one, other) == pytest.approx(found, abs=0.01)

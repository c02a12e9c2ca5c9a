"""Style, script and pictures, under names that change with their content."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, send_file

from explainer.takeaway.html import STYLE

_FOLDER = Path(__file__).parent / "static"
# What stands inside a downloaded file too is kept beside what makes that file.
_SHARED = (STYLE,)
_KINDS = (".css", ".js", ".svg")

static = Blueprint("static_files", __name__)


@dataclass(frozen=True, slots=True)
class Assets:
    """hashed: the public name by the file's own. files: the file by its public name. made: bytes and their kind, likewise."""

    hashed: dict[str, str]
    files: dict[str, Path]
    made: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path = _FOLDER) -> "Assets":
        """All files of the folder, and those that other floors share."""
        hashed, files = {}, {}
        named = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.suffix in _KINDS}
        for name, path in {**named, **{p.name: p for p in _SHARED}}.items():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            public = f"{path.stem}.{digest}{path.suffix}"
            hashed[name], files[public] = public, path
        return cls(hashed, files)

    def add(self, name: str, data: bytes, kind: str) -> None:
        """One more file, which is held in memory only."""
        stem, dot, ending = name.rpartition(".")
        public = f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}{dot}{ending}"
        self.hashed[name], self.made[public] = public, (data, kind)

    def url(self, name: str) -> str:
        """The address of a file; KeyError for one that is not there."""
        return f"/static/{self.hashed[name]}"


@static.get("/static/<name>")
def file(name: str) -> Response:
    """One file; it may be kept forever, since another content has another name."""
    assets = current_app.extensions["explainer"].assets
    path = assets.files.get(name)
    if path is not None:
        response = send_file(path, etag=False, max_age=31_536_000)
    elif name in assets.made:
        data, kind = assets.made[name]
        response = Response(data, mimetype=kind)
    else:
        abort(404)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers.pop("Last-Modified", None)
    return response

"""Where the program's own files are: set by hand, inside an installed wheel, or in a checkout."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """The folder `content` or `templates`. Raises FileNotFoundError that names every place looked in."""
    chosen = os.environ.get(f"EXPLAINER_{name.upper()}_DIR")
    places = [Path(chosen)] if chosen else [_PACKAGE / "_bundled" / name, _PACKAGE.parent / name]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no {name} folder; looked in: {', '.join(map(str, places))}")


def cache_dir() -> Path:
    """A folder for what can be made again (compiled knowledge, the trained classifier); never for documents."""
    chosen = os.environ.get("EXPLAINER_CACHE_DIR")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(chosen) if chosen else home / "eob-explainer"


def user_dir() -> Path:
    """A folder for what a person loads into the program and content/ cannot take (official tables); never for documents."""
    chosen = os.environ.get("EXPLAINER_DATA_DIR")
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(chosen) if chosen else home / "eob-explainer"


def edit_folders(content: Path) -> tuple[Path, Path]:
    """Where loaded billing edits lie: beside the rest of the content, and in the user's own folder."""
    return content / "edits", user_dir() / "edits"

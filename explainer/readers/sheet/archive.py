"""An archive is judged by its own list of contents before anything in it is opened."""

import io
import zipfile
from collections.abc import Mapping

from explainer.readers.box.extract import Refused

_MOST_ENTRIES = 2_000
_SMALL = 1024 * 1024


def opened(data: bytes, numbers: Mapping[str, float]) -> zipfile.ZipFile:
    """The archive. Raises Refused: sheet-damaged, sheet-password, too-big (by the sizes that it declares)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, UnicodeDecodeError) as error:
        raise Refused("sheet-damaged") from error
    listed = archive.infolist()
    if len(listed) > _MOST_ENTRIES or sum(i.file_size for i in listed) > numbers["unpacked"]:
        raise Refused("too-big")
    if any(i.file_size > _SMALL and i.file_size > numbers["unpacked_ratio"] * max(i.compress_size, 1) for i in listed):
        raise Refused("too-big")
    if any(i.flag_bits & 1 for i in listed):
        raise Refused("sheet-password")
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The content of that name, or None. No more is unpacked than is declared. Raises Refused where it is broken."""
    try:
        return archive.read(name.lstrip("/"))
    except KeyError:
        return None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise Refused("sheet-damaged") from error

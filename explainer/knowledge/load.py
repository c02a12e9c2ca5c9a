"""content/ from YAML into typed entries: all faults at once, each with its file and line."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from explainer.knowledge import schema

FAMILIES: Mapping[str, type[BaseModel]] = {
    "source": schema.Source,
    "cpt": schema.ProcedureEntry,
    "hcpcs": schema.ProcedureEntry,
    "modifier": schema.ModifierEntry,
    "group": schema.GroupEntry,
    "carc": schema.ReasonEntry,
    "rarc": schema.RemarkEntry,
    "place": schema.PlainEntry,
    "revenue": schema.PlainEntry,
    "icd10": schema.PlainEntry,
    "term": schema.TermEntry,
    "fact": schema.FactEntry,
    "topic": schema.TopicEntry,
    "cue": schema.CueEntry,
    "wording": schema.WordingEntry,
    "label": schema.LabelEntry,
    "contact": schema.Contact,
    "rights": schema.PlanRights,
    "refusal": schema.RefusalWords,
    "fhir": schema.FhirCodes,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a content file."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """The content cannot be used; `faults` says all of what is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class _Loader(yaml.CSafeLoader):
    """YAML where every scalar is a string, except true, false, null and plain integers outside of keys.

    Billing codes suffer from YAML's own guesses (00100 is 64, NO is false), so keys must be quoted strings, and a value
    that YAML would turn into a date or a float must be quoted as well.
    """


def _refuse(loader: yaml.Loader, node: yaml.Node) -> Any:
    raise yaml.constructor.ConstructorError(None, None, "quote this value", node.start_mark)


for _tag in ("timestamp", "float", "binary", "omap", "set", "pairs"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _refuse)


def _mapping(loader: yaml.Loader, node: yaml.MappingNode, deep: bool = True) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if key_node.tag != "tag:yaml.org,2002:str":
            raise yaml.constructor.ConstructorError(
                None, None, f"key {key_node.value} is not a string: quote it", key_node.start_mark
            )
        if key_node.value in out:
            raise yaml.constructor.ConstructorError(None, None, f"key {key_node.value} stands twice", key_node.start_mark)
        out[key_node.value] = loader.construct_object(value_node, deep=True)
    return out


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def strict_yaml(text: str) -> Any:
    """The text as YAML under the rules above. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader


def _line_of(text: str, key: str) -> int:
    """The line where an entry begins, for the fault's address."""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith((f'"{key}":', f"'{key}':", f"{key}:")):
            return number
    return 1


def read_file(path: Path, name: str) -> tuple[str, dict[str, Any], list[Fault]]:
    """The family and raw entries of one file, and its faults."""
    text = path.read_text("utf-8")
    try:
        raw = strict_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return "", {}, [Fault(name, mark.line + 1 if mark else 1, str(getattr(error, "problem", error)))]
    if not isinstance(raw, dict) or raw.get("family") not in FAMILIES or not isinstance(raw.get("entries"), dict):
        return "", {}, [Fault(name, 1, f"a file needs `family` (one of {', '.join(FAMILIES)}) and `entries`")]
    extra = set(raw) - {"family", "entries", "defaults"}
    faults = [Fault(name, _line_of(text, key), f"unknown key {key}") for key in sorted(extra)]
    family, model, defaults = raw["family"], FAMILIES[raw["family"]], raw.get("defaults") or {}
    entries: dict[str, Any] = {}
    for key, body in raw["entries"].items():
        if not isinstance(body, dict):
            faults.append(Fault(name, _line_of(text, key), f"{key}: not a mapping"))
            continue
        folded = {**defaults, **body}
        try:
            model.model_validate(folded)
        except ValidationError as error:
            faults += [
                Fault(name, _line_of(text, key), f"{key}: {'.'.join(map(str, e['loc']))}: {e['msg']}") for e in error.errors()
            ]
        else:
            entries[key] = folded
    return family, entries, faults


def content_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every content file with its name relative to the folder, in a fixed order."""
    for path in sorted(folder.rglob("*.yaml")):
        yield path, path.relative_to(folder).as_posix()


def read_folder(folder: Path) -> tuple[dict[str, dict[str, Any]], list[Fault]]:
    """All raw entries by family, and all faults of all files."""
    families: dict[str, dict[str, Any]] = {family: {} for family in FAMILIES}
    faults: list[Fault] = []
    for path, name in content_files(folder):
        family, entries, found = read_file(path, name)
        faults += found
        for key, body in entries.items():
            if key in families[family]:
                faults.append(Fault(name, _line_of(path.read_text("utf-8"), key), f"{key} stands in another {family} file too"))
            families[family][key] = body
    return families, faults


def fingerprint(folder: Path) -> str:
    """Changes whenever any content file, or the shape they must have, changes."""
    digest = hashlib.sha256(Path(schema.__file__).read_bytes() + Path(__file__).read_bytes())
    for path, name in content_files(folder):
        digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class _Compiled(BaseModel):
    model_config = ConfigDict(extra="forbid")
    families: dict[str, dict[str, Any]]


def load_raw(folder: Path, cache: Path | None, version: str | None = None) -> dict[str, dict[str, Any]]:
    """All raw entries by family, from the compiled copy where the content has not changed. Raises ContentError."""
    compiled = cache / f"content-{version or fingerprint(folder)}.json" if cache else None
    if compiled and compiled.is_file():
        return _Compiled.model_validate_json(compiled.read_bytes()).families
    families, faults = read_folder(folder)
    if faults:
        raise ContentError(faults)
    if compiled:
        _write_compiled(compiled, families)
    return families


def _write_compiled(path: Path, families: dict[str, dict[str, Any]]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("content-*.json"):
            old.unlink(missing_ok=True)
        part = path.with_name(f"part-{os.getpid()}.json")
        part.write_text(json.dumps({"families": families}, ensure_ascii=False), "utf-8")
        part.replace(path)
    except OSError:
        return

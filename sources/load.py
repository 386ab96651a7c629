"""Reads the regimes' YAML; every refusal says file, line and mend."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import ValidationError

from parsers.declaration import Declaration, read_declaration
from parsers.regime import RegimeProfile
from sources.config import Kind, RegimeConfig, SourceConfig
from sources.errors import ConfigInvalid, ConfigMissing, UnknownRegime

PACKAGED = Path(__file__).parent


def load_regimes(path: Path | None = None) -> tuple[RegimeConfig, ...]:
    """The regimes that *path* declares: one file, or every ``*.yaml`` and ``*.yml`` of a folder in the order of
    their names; None is the packaged declarations. Each knows the others by their names, and the packaged ones.

    Raises `ConfigMissing` or `ConfigInvalid`. All of it is valid, or nothing is returned.
    """
    files = _files(path if path is not None else PACKAGED)
    regimes: list[RegimeConfig] = []
    declared_in: dict[str, Path] = {}
    for file in files:
        regime = load_file(file)
        if regime.regime in declared_in:
            first = declared_in[regime.regime]
            line = _declaration(file).line_of(("regime",))
            raise ConfigInvalid(
                file, line, f"regime {regime.regime!r} is declared in {first.name} already; keep one of the two"
            )
        declared_in[regime.regime] = file
        regimes.append(regime)
    profiles = [*(packaged_profiles() if path is not None else ()), *(regime.profile() for regime in regimes)]
    return tuple(regime.among(profiles) for regime in regimes)


@cache
def packaged_profiles() -> tuple[RegimeProfile, ...]:
    """The profiles of the packaged regimes: their names are known on the pages of any other."""
    return tuple(regime.profile() for regime in load_regimes())


def load_file(file: Path) -> RegimeConfig:
    """The regime that one file declares."""
    declaration = _declaration(file)
    try:
        regime = RegimeConfig.model_validate(declaration.values)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigInvalid(file, declaration.line_of(first["loc"]), _said(first["type"], first)) from None
    seen: dict[str, int] = {}
    for index, source in enumerate(regime.sources):
        if source.id in seen:
            used, again = (declaration.line_of(("sources", i, "id")) for i in (seen[source.id], index))
            raise ConfigInvalid(
                file, again, f"duplicate id {source.id!r}, first used on line {used}; rename one of the two"
            )
        seen[source.id] = index
    return regime.model_copy(update={"sources": tuple(_anchored(source, file) for source in regime.sources)})


def regime_named(regimes: Iterable[RegimeConfig], regime: str) -> RegimeConfig:
    """The regime of that id. Raises `UnknownRegime`, which names those there are."""
    known = {config.regime: config for config in regimes}
    if regime not in known:
        raise UnknownRegime(f"no regime {regime!r} is declared; known are {', '.join(sorted(known))}")
    return known[regime]


def _files(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        found = sorted(f for f in path.iterdir() if f.suffix in (".yaml", ".yml") and f.is_file())
        if not found:
            raise ConfigMissing(f"{path}: the folder holds no .yaml file; put a regime's declaration there")
        return tuple(found)
    if not path.exists():
        raise ConfigMissing(f"{path}: no such file or folder; check the path")
    return (path,)


def _declaration(file: Path) -> Declaration:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ConfigMissing(f"{file}: cannot be read ({error.strerror}); check its permissions") from None
    return read_declaration(data, partial(ConfigInvalid, file), keys="regime:, name: and sources:")


def _said(kind: str, error: object) -> str:
    """One line for pydantic's *error*: what is wrong, and the mend."""
    where = ".".join(str(step) for step in _field(error, "loc") or ())
    last = where.rsplit(".", 1)[-1]
    if kind == "extra_forbidden":
        known = sorted(RegimeConfig.model_fields) if "." not in where else sorted(SourceConfig.model_fields)
        near = f"; known keys are {', '.join(known)}" if where.count(".") in (0, 2) else "; take it out"
        return f"unknown key {last!r}{near}"
    if kind == "missing":
        return f"{where} is missing; add it"
    message = str(_field(error, "msg")).removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def _field(error: object, name: str) -> tuple[object, ...]:
    return error[name]  # type: ignore[index, no-any-return]


def _anchored(source: SourceConfig, file: Path) -> SourceConfig:
    """The source, a relative path of kind `file` made a ``file://`` address relative to the declaration."""
    if source.kind is not Kind.FILE:
        return source
    parts = urlsplit(source.url)
    path = Path(unquote(parts.path)) if parts.scheme == "file" else Path(source.url)
    return source.model_copy(update={"url": (file.parent.resolve() / path).as_uri()})

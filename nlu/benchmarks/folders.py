"""Where a published set lies below the folder that the user named."""

from __future__ import annotations

from pathlib import Path


def folder_of(name: str, data: Path) -> Path:
    """The set's folder at most two levels below `data`, whatever its case; else `data` itself."""
    if not data.is_dir():
        return data
    below = _folders(data)
    nested = [inner for folder in below for inner in _folders(folder)]
    return next((folder for folder in below + nested if folder.name.lower() == name), data)


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())

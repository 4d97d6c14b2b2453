"""Event types with their roles, trigger rules, traps and codes in other schemes, read from TOML files.

The types follow the project's own taxonomy; codes are those of ACLED (event and sub-event type), CAMEO (root and
sub code), PLOVER 2.0 (event and mode) and UCDP GED (type of violence). A rule matches a word by lemma, part of speech
and syntax; `Conditions` documents the vocabulary. Files of users add types, rules, traps and word classes, or replace
those of the same name.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from timeline.errors import LexiconError
from timeline.lexicon.read import build
from timeline.lexicon.rules import (
    Conditions,
    Cues,
    EventType,
    Lexicon,
    Pattern,
    RoleSpec,
    TrapRule,
    TriggerRule,
)
from timeline.lexicon.weights import weights_of

__all__ = [
    "Conditions",
    "Cues",
    "EventType",
    "Lexicon",
    "Pattern",
    "RoleSpec",
    "TrapRule",
    "TriggerRule",
    "load",
    "weights_of",
]


def load(*paths: str | Path) -> Lexicon:
    """Read the packaged lexicon and, on top of it, the TOML files of a user.

    Parameters
    ----------
    *paths : str or Path
        Files with ``[type.NAME]``, ``[[trigger]]``, ``[[trap]]``, ``[classes]`` or ``[cues.SECTION]`` tables.
        A rule of the same ``type`` and ``name`` replaces the packaged one.

    Raises
    ------
    LexiconError
        If a file cannot be read or an entry is wrong; the message names file, entry and key.

    Examples
    --------
    >>> lexicon = load()
    >>> len(lexicon.types), lexicon.types["battle"].family
    (27, 'violence')
    """
    return _load(tuple(str(Path(path).resolve()) for path in paths))


@cache
def _load(paths: tuple[str, ...]) -> Lexicon:
    packaged = files("timeline") / "lexicons"
    events = sorted((packaged / "events").iterdir(), key=lambda item: item.name)
    own = [(f"events/{item.name}", item) for item in events if item.name.endswith(".toml")]
    own += [(name, packaged / name) for name in ("cues.toml", "domains.toml")]
    tables = [(name, tomllib.loads(item.read_text(encoding="utf-8"))) for name, item in own]
    tables += [(path, _user_file(path)) for path in paths]
    return build(tables)


def _user_file(path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError("cannot be read", where=path, advice="give the path of a TOML file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"is not valid TOML ({error})", where=path, advice="see https://toml.io") from error

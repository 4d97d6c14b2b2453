"""Names of persons: particles, surnames, spellings of one name, and what a title tells of gender."""

from __future__ import annotations

from timeline.gazetteer import fold, words

__all__ = ["gender_of", "name_parts", "same_person", "spelling", "surname_of"]


def name_parts(name: str) -> list[str]:
    """The folded words of a name without its particles."""
    return [part for part in fold(name).split() if part not in words("particle")]


def surname_of(name: str) -> str:
    """The family name, without particles: al-Assad and Assad are one.

    Examples
    --------
    >>> surname_of("Bashar al-Assad"), surname_of("Ursula von der Leyen")
    ('asad', 'leyen')
    """
    parts = name_parts(name)
    return spelling(parts[-1]) if parts else fold(name)


def spelling(word: str) -> str:
    """One form for the spellings of an Arabic or Slavic name.

    Examples
    --------
    >>> spelling("qaddafi") == spelling("gaddafi") == spelling("kadhafi")
    True
    """
    plain = word.replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("dh", "d").replace("kh", "h")
    plain = plain.replace("q", "k").replace("gh", "g").replace("yy", "y").replace("ai", "ay").replace("ei", "ay")
    out = [char for index, char in enumerate(plain) if index == 0 or char != plain[index - 1]]
    if out and out[0] == "g" and len(out) > 4:
        out[0] = "k"
    plain = "".join(out)
    return plain.rstrip("yi") + "y" if plain.endswith(("y", "i")) else plain


def same_person(known: str, new: str) -> bool:
    """Whether two full names with one surname can be one man: one is part of the other, or initials agree."""
    first, second = name_parts(known), name_parts(new)
    if len(first) == 1 or len(second) == 1:
        return True
    one, two = spelling(first[0]), spelling(second[0])
    return (
        one == two or (min(len(one), len(two)) == 1 and one[0] == two[0]) or one.startswith(two) or two.startswith(one)
    )


def gender_of(word: str) -> str:
    """``m`` or ``f`` where a title or noun tells, else empty."""
    if word in words("male"):
        return "m"
    return "f" if word in words("female") else ""

"""Writing files so that nothing half-written is left behind."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from timeline.errors import OutputError

__all__ = ["make_folder", "replacing", "write_text"]


def make_folder(path: Path | str) -> Path:
    """Make a folder and see that files can be written into it.

    Raises
    ------
    OutputError
        If it cannot be made, is a file, or cannot be written into.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".part-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except FileExistsError:
        raise OutputError("is a file, not a folder", where=str(folder), advice="name a folder") from None
    except OSError as error:
        raise _not_written(folder, error) from None
    return folder


@contextlib.contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """A path beside the target to write to; at the end of the block it takes the target's name.

    If the block fails, the target stays as it was and what was written is removed. The suffix is the target's, so
    that libraries that choose a format by it choose the same.

    Raises
    ------
    OutputError
        If the operating system refuses the writing.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with replacing(folder / "a.txt") as beside:
    ...     _ = beside.write_text("whole", encoding="utf-8")
    >>> [item.name for item in folder.iterdir()]
    ['a.txt']
    """
    target = Path(path)
    beside = target.with_name(f".part-{os.getpid()}-{target.name}")
    try:
        yield beside
        beside.replace(target)
    except OSError as error:
        raise _not_written(target, error) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def write_text(path: Path | str, pieces: Iterable[str]) -> Path:
    """Write pieces of text as UTF-8 with the line ends that they have; what UTF-8 cannot hold becomes ``?``.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    with replacing(path) as beside, beside.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(pieces)
    return Path(path)


def _not_written(path: Path, error: OSError) -> OutputError:
    reason = (error.strerror or type(error).__name__).lower()
    return OutputError(f"cannot be written: {reason}", where=str(path), advice="choose another folder")

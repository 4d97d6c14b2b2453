"""The shipped network: word pieces to scores of tags, heads, relations and names (onnxruntime, no pickle)."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from timeline.errors import ModelError
from timeline.language.pieces import Vocabulary, shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["Network", "Scores", "load"]

_OUTPUTS = ["tag", "pos", "ner", "arc", "rel", "rd", "rh", "event", "harm"]
_ADVICE = "reinstall the package: pip install --force-reinstall conflict-timeline"


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one sentence of n words.

    Attributes
    ----------
    tag, pos, name, event, harm : array of shape (n, labels)
    arc : array of shape (n, n + 1)
        Score of every head of every word; column 0 is the root.
    relation : array of shape (n, relations)
        Scores for the head of the highest score.
    word, head : arrays of shape (n, d) and (n + 1, d)
        What the relations to any other head are scored from.
    """

    tag: Floats
    pos: Floats
    name: Floats
    arc: Floats
    relation: Floats
    word: Floats
    head: Floats
    event: Floats
    harm: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """The session with its labels."""

    session: Any
    vocabulary: Vocabulary
    relations: Floats
    tags: tuple[str, ...]
    poss: tuple[str, ...]
    deps: tuple[str, ...]
    names: tuple[str, ...]
    events: tuple[str, ...]
    harms: tuple[str, ...]
    root: int

    def score(self, sentences: Sequence[Sequence[str]], printed: Sequence[Sequence[str]] | None = None) -> list[Scores]:
        """The scores of a batch of sentences, each a sequence of words that are not empty.

        Parameters
        ----------
        printed : optional
            The same words in the case that they shall be read in.
        """
        return _score(self, sentences, sentences if printed is None else printed)


@cache
def load(folder: Any = None, *, threads: int = 1) -> Network:
    """Load the network of a folder, the shipped one by default.

    Parameters
    ----------
    folder : path, optional
        A folder with model.onnx, labels.json, relations.npy, vocab.txt and manifest.json.
    threads : int
        Threads of one matrix product. The result does not depend on it.

    Raises
    ------
    ModelError
        A file is missing or its SHA-256 is not the one of the manifest.
    """
    import numpy as np

    data = _checked(folder if folder is not None else files("timeline.language") / "model")
    labels = json.loads(data["labels.json"])
    deps = tuple("root" if dep == "ROOT" else dep for dep in labels["deps"])
    return Network(
        session=_session(data["model.onnx"], threads),
        vocabulary=Vocabulary(data["vocab.txt"].decode("utf-8").split("\n")[:-1]),
        relations=np.load(io.BytesIO(data["relations.npy"]), allow_pickle=False).astype(np.float32),
        tags=tuple(labels["tags"]),
        poss=tuple(labels["poss"]),
        deps=deps,
        names=tuple(labels["ners"]),
        events=tuple(labels["events"]),
        harms=tuple(labels["harms"]),
        root=deps.index("root"),
    )


def _checked(folder: Any) -> dict[str, bytes]:
    """The files of a model, each with the hash that its manifest gives."""
    manifest_file = folder / "manifest.json"
    try:
        manifest = json.loads(manifest_file.read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            "the manifest of the language model cannot be read", where=str(manifest_file), advice=_ADVICE
        ) from error
    found = {}
    for name, digest in manifest.items():
        try:
            content = (folder / name).read_bytes()
        except OSError as error:
            raise ModelError(
                "a file of the language model is missing", where=str(folder / name), advice=_ADVICE
            ) from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise ModelError("a file of the language model is damaged", where=str(folder / name), advice=_ADVICE)
        found[name] = content
    return found


def _session(content: bytes, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _score(network: Network, sentences: Sequence[Sequence[str]], printed: Sequence[Sequence[str]]) -> list[Scores]:
    import numpy as np

    vocabulary = network.vocabulary
    rows = []
    for words, cased in zip(sentences, printed, strict=True):
        ids, shapes, first = [vocabulary.first], [0], []
        for word, as_printed in zip(words, cased, strict=True):
            pieces = vocabulary.pieces_of(word)
            first.append(len(ids))
            ids.extend(pieces)
            shapes.extend([shape(as_printed)] * len(pieces))
        rows.append(([*ids, vocabulary.last], [*shapes, 0], first))
    length, width = max(len(ids) for ids, _, _ in rows), max(len(first) for _, _, first in rows)
    feed = {name: np.zeros((len(rows), length), dtype=np.int64) for name in ("ids", "mask", "sh")}
    feed["first"] = np.zeros((len(rows), width), dtype=np.int64)
    for number, (ids, shapes, first) in enumerate(rows):
        feed["ids"][number, : len(ids)] = ids
        feed["mask"][number, : len(ids)] = 1
        feed["sh"][number, : len(ids)] = shapes
        feed["first"][number, : len(first)] = first
    tag, pos, name, arc, relation, word, head, event, harm = network.session.run(_OUTPUTS, feed)
    return [
        Scores(
            tag[row, 1 : n + 1],
            pos[row, 1 : n + 1],
            name[row, 1 : n + 1],
            arc[row, 1 : n + 1, : n + 1],
            relation[row, 1 : n + 1],
            word[row, 1 : n + 1],
            head[row, : n + 1],
            event[row, 1 : n + 1],
            harm[row, 1 : n + 1],
        )
        for row, n in enumerate(len(words) for words in sentences)
    ]

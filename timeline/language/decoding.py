"""Scores to labels: the best tree with one root, its relations, and the best row of name labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from timeline.language.network import Scores

    Floats = NDArray[np.float32]
    Whole = NDArray[np.int64]

__all__ = ["best_names", "best_relations", "best_tree", "likely_labels", "spans"]

_IMPOSSIBLE = -1e9


def best_tree(arc: Floats) -> list[int]:
    """The heads of the best tree with exactly one root.

    Where every word's best head makes a tree already, that is the tree; else the best spanning tree (Chu and Liu 1965,
    Edmonds 1967) over every word that could be the root.

    Parameters
    ----------
    arc : array of shape (n, n + 1)
        Score of head h (0 is the root, h the word h - 1) of word w at ``arc[w, h]``.

    Returns
    -------
    list of int
        Head of every word, 0 for the root.

    Examples
    --------
    >>> import numpy as np
    >>> best_tree(np.array([[0.0, -9, 5], [4, 6, -9]]))
    [2, 0]
    """
    import numpy as np

    scores = arc.astype(np.float64)
    size = len(scores)
    scores[np.arange(size), np.arange(1, size + 1)] = _IMPOSSIBLE
    heads: list[int] = scores.argmax(axis=1).tolist()
    if heads.count(0) == 1 and not _cycle(heads):
        return heads
    return _one_root(scores)


def _one_root(scores: NDArray[np.float64]) -> list[int]:
    """The best tree, tried with the likeliest roots, each alone."""
    import numpy as np

    gain = scores[:, 0] - np.delete(scores, 0, axis=1).max(axis=1)
    best: tuple[float, list[int]] | None = None
    for root in np.argsort(-gain, kind="stable")[:5].tolist():
        attempt = scores.copy()
        attempt[:, 0] = _IMPOSSIBLE
        attempt[root, 1:] = _IMPOSSIBLE
        attempt[root, 0] = scores[root, 0]
        heads = _spanning(attempt)
        total = float(attempt[np.arange(len(heads)), heads].sum())
        if best is None or total > best[0]:
            best = total, heads
    return best[1] if best is not None else []


def _spanning(scores: NDArray[np.float64]) -> list[int]:
    """Chu-Liu/Edmonds by contraction; node 0 is the root, word w is node w + 1."""
    import numpy as np

    size = len(scores) + 1
    matrix = np.full((size, size), _IMPOSSIBLE)  # [dependent, head]
    matrix[1:] = scores
    return _contract(matrix)[1:]


def _contract(matrix: NDArray[np.float64]) -> list[int]:
    import numpy as np

    heads = matrix.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle([int(head) for head in heads[1:]])
    if not cycle:
        return [int(head) for head in heads]
    inside = np.zeros(len(matrix), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    ring = np.array(cycle)
    kept = matrix[ring, heads[ring]]
    entering = matrix[np.ix_(ring, outside)] - kept[:, None]
    leaving = matrix[np.ix_(outside, ring)]
    small = np.full((len(outside) + 1, len(outside) + 1), _IMPOSSIBLE)
    small[:-1, :-1] = matrix[np.ix_(outside, outside)]
    small[-1, :-1] = entering.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    np.fill_diagonal(small, _IMPOSSIBLE)
    solved = _contract(small)
    result = [int(head) for head in heads]
    for place, node in enumerate(outside.tolist()):
        head = solved[place]
        result[node] = int(ring[leaving[place].argmax()]) if head == len(outside) else int(outside[head])
    from_outside = solved[-1]
    broken = int(entering[:, from_outside].argmax())
    result[int(ring[broken])] = int(outside[from_outside])
    result[0] = 0
    return result


def _cycle(heads: Sequence[int]) -> list[int]:
    """The nodes of one circle among the heads of words 1 to n, empty if there is none."""
    state = [0] * (len(heads) + 1)
    state[0] = -1
    for start in range(1, len(heads) + 1):
        node = start
        while state[node] == 0:
            state[node] = start
            node = heads[node - 1]
        if state[node] == start:
            circle, at = [node], heads[node - 1]
            while at != node:
                circle.append(at)
                at = heads[at - 1]
            return circle
        node = start
        while state[node] == start:
            state[node] = -1
            node = heads[node - 1]
    return []


def best_relations(scores: Scores, heads: Sequence[int], relations: Floats, root: int) -> list[int]:
    """The best relation of every word to its head; the root relation for the root and for it alone.

    Parameters
    ----------
    scores : Scores
        Its relations are those to the head of the highest score; others are scored here.
    heads : sequence of int
        Head of every word, 0 for the root.
    relations : array of shape (labels, d + 1, d + 1)
    root : int
        Place of the root relation among the labels.
    """
    import numpy as np

    chosen = np.asarray(heads)
    found = scores.relation.copy()
    other = np.flatnonzero(scores.arc.argmax(axis=1) != chosen)
    if other.size:
        ones = np.ones((len(other), 1), dtype=np.float32)
        left = np.concatenate([scores.word[other], ones], axis=1)
        right = np.concatenate([scores.head[chosen[other]], ones], axis=1)
        found[other] = np.einsum("wj,kwj->wk", right, np.matmul(left[None], relations))
    found[:, root] = _IMPOSSIBLE
    best: list[int] = found.argmax(axis=1).tolist()
    for place, head in enumerate(heads):
        if head == 0:
            best[place] = root
    return best


def best_names(scores: Floats, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """The names of the best row of labels in which every I- follows a B- or I- of its class (Viterbi).

    Returns
    -------
    list of (int, int, str)
        First and last word, both inclusive, and the class.

    Examples
    --------
    >>> import numpy as np
    >>> best_names(np.array([[0, 2, 0.0], [0, 0, 3]]), ["O", "B-PER", "I-PER"])
    [(0, 1, 'PER')]
    """
    import numpy as np

    if not scores[:, 1:].size or (scores.argmax(axis=1) == labels.index("O")).all():
        return []
    allowed = np.array(
        [
            [0.0 if not after.startswith("I-") or before[2:] == after[2:] else _IMPOSSIBLE for after in labels]
            for before in labels
        ]
    )
    total = scores[0] + np.array([_IMPOSSIBLE if label.startswith("I-") else 0.0 for label in labels])
    back = []
    for row in scores[1:]:
        paths = total[:, None] + allowed
        back.append(paths.argmax(axis=0))
        total = paths.max(axis=0) + row
    at = int(total.argmax())
    path = [at]
    for step in reversed(back):
        at = int(step[at])
        path.append(at)
    return spans([labels[place] for place in reversed(path)])


def likely_labels(scores: Floats, labels: Sequence[str], floor: float = 0.02) -> list[tuple[int, str, float, float]]:
    """The words that may bear a label: place, likeliest label, its share and that of all labels together.

    Parameters
    ----------
    scores : array of shape (n, labels)
        The first label stands for none.
    floor : float
        Least share of all labels, of 1.

    Examples
    --------
    >>> import numpy as np
    >>> likely_labels(np.array([[9, 0.0, 0], [0, 0, 9]]), ["O", "battle", "siege"])
    [(1, 'siege', 0.9998, 0.9999)]
    """
    import numpy as np

    powers = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    some = 1.0 - shares[:, 0]
    best = shares[:, 1:].argmax(axis=1) + 1
    return [
        (place, labels[best[place]], round(float(shares[place, best[place]]), 4), round(float(some[place]), 4))
        for place in np.flatnonzero(some >= floor).tolist()
    ]


def spans(row: Sequence[str]) -> list[tuple[int, int, str]]:
    """The names of a row of BIO labels: first and last word, both inclusive, and the class.

    Examples
    --------
    >>> spans(["O", "B-LOC", "I-LOC", "B-PER"])
    [(1, 2, 'LOC'), (3, 3, 'PER')]
    """
    found: list[tuple[int, int, str]] = []
    for place, label in enumerate(row):
        if label.startswith("B-"):
            found.append((place, place, label[2:]))
        elif label.startswith("I-") and found:
            found[-1] = (found[-1][0], place, found[-1][2])
    return found

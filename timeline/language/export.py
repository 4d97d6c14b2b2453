"""Trained weights to the files that ship: an 8-bit ONNX graph, labels, relations, vocabulary and their hashes.

The graph is written operator by operator, not traced, so that the same weights give the same bytes. Weights are kept as
whole numbers of 8 bits with one scale a column; activations are rounded word by word, each with its own scale, so that
a word's scores do not depend on the sentences beside it in a batch and almost nothing is lost against 32 bits.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from timeline.language.pieces import Vocabulary

__all__ = ["FILES", "export"]

FILES = ("labels.json", "model.onnx", "relations.npy", "vocab.txt")
_MOST = 127
_HEADS = 12
_LAYERS = 6
_EPSILON = 1e-12


@dataclass(slots=True)
class _Graph:
    """Nodes and constants as they are added."""

    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def constant(self, name: str, values: Any) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def add(
        self,
        kind: str,
        inputs: Sequence[str],
        name: str,
        *,
        domain: str = "",
        outputs: Sequence[str] = (),
        **attributes: Any,
    ) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, outputs or [name], name=name, domain=domain, **attributes))
        return name

    def product(self, values: str, weight: Any, bias: Any, name: str) -> str:
        """A product, values @ weight + bias, the weight of shape (in, out); both factors in 8 bits."""
        import numpy as np

        scaled = self.add("Mul", list(self.unscaled(values, weight, name)), f"{name}.scaled")
        return self.add("Add", [scaled, self.constant(f"{name}.bias", bias.astype(np.float32))], name)

    def unscaled(self, values: str, weight: Any, name: str) -> tuple[str, str]:
        """A product whose rows are still to be multiplied with the second output."""
        import numpy as np

        scales = np.maximum(np.abs(weight).max(axis=0), 1e-8) / _MOST
        whole = np.clip(np.rint(weight / scales), -_MOST, _MOST).astype(np.int8)
        size = self.add("Abs", [values], f"{name}.abs")
        most = self.add("ReduceMax", [size], f"{name}.most", axes=[-1], keepdims=1)
        share = self.add("Div", [values, most], f"{name}.share")
        rounded = self.add("QuantizeLinear", [share, "step", "middle"], f"{name}.rounded")
        factors = [
            rounded,
            self.constant(f"{name}.weight", whole),
            "step",
            self.constant(f"{name}.scales", scales.astype(np.float32)),
            "middle",
            "nothing",
        ]
        return self.add("MatMulIntegerToFloat", factors, f"{name}.product", domain="com.microsoft"), most

    def normal(self, values: str, state: Mapping[str, Any], key: str, name: str) -> str:
        weight = self.constant(f"{name}.scale", state[f"{key}.weight"])
        bias = self.constant(f"{name}.shift", state[f"{key}.bias"])
        return self.add("LayerNormalization", [values, weight, bias], name, axis=-1, epsilon=_EPSILON)


def export(state: Mapping[str, Any], labels: Mapping[str, Sequence[str]], vocabulary: Vocabulary, folder: Path) -> None:
    """Write the model's files and the manifest with their hashes.

    Parameters
    ----------
    state : mapping of str to array
        The weights by the names of the training module.
    labels : mapping
        The lists ``tags``, ``poss``, ``deps``, ``ners``, ``events`` and ``harms``.
    folder : Path
        Where the files are written to.
    """
    import numpy as np
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    model = _model(state)
    onnx.checker.check_model(model)
    relations = io.BytesIO()
    np.save(relations, state["R"].astype(np.float16), allow_pickle=False)
    contents = {
        "labels.json": json.dumps(labels, indent=1, sort_keys=True).encode() + b"\n",
        "model.onnx": model.SerializeToString(deterministic=True),
        "relations.npy": relations.getvalue(),
        "vocab.txt": ("\n".join(vocabulary.pieces) + "\n").encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    hashes = {name: hashlib.sha256(contents[name]).hexdigest() for name in FILES}
    (folder / "manifest.json").write_text(json.dumps({"files": hashes}, indent=1) + "\n", encoding="utf-8")


def _model(state: Mapping[str, Any]) -> Any:
    import numpy as np
    from onnx import TensorProto, helper

    graph = _Graph()
    graph.constant("step", np.array(1 / 127, dtype=np.float32))
    graph.constant("middle", np.array(128, dtype=np.uint8))
    graph.constant("nothing", np.array(0, dtype=np.int8))
    states = _encoder(graph, state)
    sizes = _heads(graph, state, states)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "l"]) for name in ("ids", "mask", "sh")]
    inputs.append(helper.make_tensor_value_info("first", TensorProto.INT64, ["b", "w"]))
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["b", "h", size]) for name, size in sizes.items()]
    body = helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="timeline")


def _encoder(graph: _Graph, state: Mapping[str, Any]) -> str:
    """The states of all pieces."""
    import numpy as np

    values = _embedded(graph, state)
    long_mask = graph.add("Cast", ["mask"], "mask32", to=6)
    for layer in range(_LAYERS):
        key, name = f"enc.encoder.layer.{layer}", f"layer{layer}"
        parts = [f"{key}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([state[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([state[f"{part}.bias"] for part in parts])
        mixed = graph.product(values, weight, bias, f"{name}.qkv")
        split = [f"{name}.{part}" for part in ("q", "k", "v")]
        graph.add("Split", [mixed], f"{name}.split", outputs=split, axis=-1)
        seen = graph.add(
            "MultiHeadAttention", [*split, "", long_mask], f"{name}.attention", domain="com.microsoft", num_heads=_HEADS
        )
        out = graph.product(seen, *_linear(state, f"{key}.attention.output.dense"), f"{name}.out")
        values = graph.normal(
            graph.add("Add", [out, values], f"{name}.add1"), state, f"{key}.attention.output.LayerNorm", f"{name}.norm1"
        )
        wide = graph.product(values, *_linear(state, f"{key}.intermediate.dense"), f"{name}.wide")
        curved = graph.add("Gelu", [wide], f"{name}.gelu", domain="com.microsoft")
        narrow = graph.product(curved, *_linear(state, f"{key}.output.dense"), f"{name}.narrow")
        values = graph.normal(
            graph.add("Add", [narrow, values], f"{name}.add2"), state, f"{key}.output.LayerNorm", f"{name}.norm2"
        )
    return values


def _linear(state: Mapping[str, Any], key: str) -> tuple[Any, Any]:
    return state[f"{key}.weight"].T, state[f"{key}.bias"]


def _embedded(graph: _Graph, state: Mapping[str, Any]) -> str:
    """Pieces, case and place added up; the table of pieces in 8 bits with one scale a piece."""
    import numpy as np

    table = state["enc.embeddings.word_embeddings.weight"].astype(np.float32)
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    whole = np.clip(np.rint(table / scales), -127, 127).astype(np.int8)
    rows = graph.add("Gather", [graph.constant("pieces", whole), "ids"], "rows8")
    row_scales = graph.add("Gather", [graph.constant("piece_scales", scales.astype(np.float32)), "ids"], "row_scales")
    pieces = graph.add("Mul", [graph.add("Cast", [rows], "rows", to=1), row_scales], "piece_values")
    shapes = graph.add("Gather", [graph.constant("shapes", state["sh.weight"]), "sh"], "shape_values")
    place = state["enc.embeddings.position_embeddings.weight"] + state["enc.embeddings.token_type_embeddings.weight"][0]
    length = graph.add(
        "Slice",
        [
            graph.add("Shape", ["ids"], "size"),
            graph.constant("one", np.array([1])),
            graph.constant("two", np.array([2])),
        ],
        "length",
    )
    places = graph.add(
        "Slice",
        [graph.constant("places", place.astype(np.float32)), graph.constant("zero", np.array([0])), length, "zero"],
        "place_values",
    )
    total = graph.add("Add", [graph.add("Add", [pieces, shapes], "sum1"), places], "sum2")
    return graph.normal(total, state, "enc.embeddings.LayerNorm", "norm0")


def _heads(graph: _Graph, state: Mapping[str, Any], states: str) -> dict[str, int | str]:
    """The outputs, with their sizes; row 0 is the mark before the sentence, which stands for the root."""
    import numpy as np

    batch = graph.add("Slice", ["first", "zero", "one", "one"], "first_column")
    zeros = graph.add("Mul", [batch, graph.constant("nought", np.array([[0]]))], "root_place")
    at = graph.add("Concat", [zeros, "first"], "word_places", axis=1)
    spread = graph.add("Unsqueeze", [at, graph.constant("last", np.array([2]))], "word_places3")
    wide = graph.add("Expand", [spread, graph.constant("width", np.array([1, 1, 384]))], "word_places384")
    words = graph.add("GatherElements", [states, wide], "words", axis=1)
    linear = ("ad.0", "ah.0", "rd.0", "rh.0", "tag", "pos", "ner", "ev", "hm")
    weight = np.concatenate([state[f"{key}.weight"].T for key in linear], axis=1)
    bias = np.concatenate([state[f"{key}.bias"] for key in linear])
    mixed = graph.product(words, weight, bias, "heads")
    sizes = [len(state[f"{key}.bias"]) for key in linear]
    outputs = ["ad0", "ah0", "rd0", "rh0", "tag", "pos", "ner", "event", "harm"]
    graph.add("Split", [mixed, graph.constant("sizes", np.array(sizes))], "heads.split", outputs=outputs, axis=-1)
    for name in ("ad", "ah", "rd", "rh"):
        graph.add("Gelu", [f"{name}0"], name, domain="com.microsoft")
    left = graph.product("ad", state["U"][:-1], state["U"][-1], "biaffine")
    graph.add("MatMul", [left, graph.add("Transpose", ["ah"], "ah.T", perm=[0, 2, 1])], "arc")
    found: dict[str, int | str] = dict(zip(outputs, sizes, strict=True))
    labels = _relations(graph, state)
    return {
        "tag": found["tag"],
        "pos": found["pos"],
        "ner": found["ner"],
        "event": found["event"],
        "harm": found["harm"],
        "arc": "h2",
        "rd": sizes[2],
        "rh": sizes[3],
        "rel": labels,
    }


def _relations(graph: _Graph, state: Mapping[str, Any]) -> int:
    """The scores of the relations to the best head of every word, ``rel``; how many relations there are."""
    import numpy as np

    labels, size, _ = state["R"].shape
    table = state["R"].astype(np.float32).transpose(1, 0, 2)
    mixed, most = graph.unscaled("rd", table[:-1].reshape(size - 1, -1), "mixed")
    padding = graph.add("Cast", [graph.add("Equal", ["first", "zero"], "padding")], "padding_value", to=1)
    barred = graph.add("Concat", [graph.add("Cast", ["root_place"], "root_value", to=1), padding], "barred", axis=1)
    scaled = graph.add("Mul", [barred, graph.constant("never", np.array([-1e9], dtype=np.float32))], "bar")
    allowed = graph.add("Add", ["arc", graph.add("Unsqueeze", [scaled, "one"], "bar3")], "arc_allowed")
    best = graph.add("ArgMax", [allowed], "best", axis=2, keepdims=1)
    spread = graph.add("Expand", [best, graph.constant("relation_width", np.array([1, 1, size - 1]))], "best_wide")
    chosen = graph.add("GatherElements", ["rh", spread], "chosen", axis=1)
    ones = graph.add("Cast", [graph.add("Equal", [best, best], "always")], "ones", to=1)
    full = graph.add("Concat", [chosen, ones], "chosen1", axis=2)
    column = graph.add("Unsqueeze", [full, graph.constant("third", np.array([3]))], "chosen4")
    shaped = graph.add("Reshape", [mixed, graph.constant("pairs", np.array([0, 0, labels, size]))], "mixed4")
    scores = graph.add("Squeeze", [graph.add("MatMul", [shaped, column], "rel4"), "third"], "rel3")
    alone = graph.add("MatMul", [full, graph.constant("head_alone", np.ascontiguousarray(table[-1].T))], "rel_head")
    graph.add("Add", [graph.add("Mul", [scores, most], "rel_scaled"), alone], "rel")
    return int(labels)

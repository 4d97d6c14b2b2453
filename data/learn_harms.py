"""Fit the layer that tells harmed people again: ``python data/learn_harms.py CHECKPOINT OUT`` (needs the extra train).

The sentences marked with harmed people (MARKED below) are mostly about harm, so that a network trained on
them alone takes people in other sentences for harmed too. Here the last layer alone is fitted again, the rest of the
network standing still, with the other marked sentences as well: there rules say who is harmed, every other word counts
as unharmed, and words are left out where they may be harmed in words that no rule knows (the object of a marked deed
that may kill). CHECKPOINT is the ``checkpoint.pt`` of ``timeline.language.train``; OUT gets the model's files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import torch
from torch.nn import functional

from timeline.counts import find_counts
from timeline.language import Document, read
from timeline.language.events import EVENTS, HARMS, marked, passage
from timeline.language.examples import Example, example, in_batches
from timeline.language.export import export
from timeline.language.pieces import Vocabulary
from timeline.language.train import Net, tensors
from timeline.language.treebank import Gold

DATA = Path(__file__).parent / "training"
MARKED = (
    "harms_news", "harms_notes", "harms_paragraphs", "harms_plain", "latin_wires", "protest_press", "war_passages",
    "hard_negatives", "chronicles", "rights_trials", "diplomacy", "features",
)  # fmt: skip
OTHERS = ("notes", "wire_history", "protest_police", "paragraphs", "negatives", "wording", "long", "short")
DEADLY = frozenset(
    "attack massacre execution assassination airstrike bombing shelling battle crackdown casualty_report".split()
)
MILD = frozenset(
    "attack fire target ambush raid storm beat torture threaten arrest detain kidnap abduct injure wound rescue free "
    "protest denounce accuse condemn clash fight assault waylay rob burn torch loot chase whip flog besiege surround "
    "bomb shell strike hit pound bombard".split()
)
DOUBT, TOLD, SILVER, EPOCHS, ROWS, RATE = 0.2, 1.5, 0.7, 12, 8192, 3e-3


def by_rules(line: str) -> Iterator[Gold]:
    """The sentences of a passage, harmed people labelled as rules see them; None where nobody can say."""
    text, marks = passage(line)
    document = read(text)
    plain = replace(document, sentences=tuple(replace(sentence, harmed=None) for sentence in document.sentences))
    heads, covered = {}, set()
    for mention in find_counts(plain):
        tokens = document.tokens_in(mention.span.start, mention.span.end)
        inside = {token.index for token in tokens}
        covered |= inside
        tops = [token for token in tokens if token.head not in inside or token.head == token.index]
        named = [token for token in tops if token.pos in ("NOUN", "PROPN", "NUM", "PRON", "ADJ")]
        if mention.value.harm in HARMS:
            heads[(named or tops)[-1].index] = mention.value.harm
    for sentence, gold in zip(document.sentences, marked(document, marks), strict=True):
        told = dict(zip((token.index for token in sentence.tokens), gold.events or (), strict=False))
        doubted = {item.token for item in sentence.harmed or () if item.any >= DOUBT}
        unsaid = {
            token.index
            for token in sentence.tokens
            if token.index in covered or (token.index in doubted and _may_be(document, token.index, told))
        }
        labels = [heads.get(token.index, None if token.index in unsaid else "O") for token in sentence.tokens]
        yield replace(gold, harms=tuple(labels))


def _may_be(document: Document, index: int, told: dict[int, str | None]) -> bool:
    """Whether a word hangs on a marked deed that may have killed, or on such a word."""
    token = document.tokens[index]
    head = document.head(token)
    if head is None or head.lemma.lower() in MILD:
        return False
    if token.dep in ("conj", "appos", "flat", "nmod"):
        return any(told.get(word.index) in DEADLY for word in document.ancestors(token))
    return told.get(head.index) in DEADLY and token.dep in ("obj", "nsubj:pass", "obl")


def sentences() -> Iterator[tuple[Gold, float]]:
    """All sentences with their weight."""
    for name in (*MARKED, *OTHERS):
        for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            text, marks = passage(line.strip())
            if not text:
                continue
            found = marked(read(text), marks, harms=True) if name in MARKED else by_rules(line.strip())
            yield from ((gold, 1.0 if name in MARKED else SILVER) for gold in found)


def states(net: Net, items: Sequence[Example], labels: dict[str, dict[str, int]]) -> Iterator[list[torch.Tensor]]:
    """What the network sees in every labelled word: its state, its label, the weight of its corpus."""
    net.eval()
    seen: list[torch.Tensor] = []
    net.hm.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in in_batches(items, 4000):
            data = tensors(batch, labels)
            net(data["ids"], data["mask"], data["shapes"], data["first"])
            row, place = (data["harms"] >= 0).nonzero(as_tuple=True)
            yield [seen.pop()[row, place].float(), data["harms"][row, place], data["harms_weight"][row, place]]


def main(checkpoint: Path, out: Path) -> None:
    """Fit, print precision and recall on the sentences themselves, export."""
    folder = files("timeline.language") / "model"
    names = json.loads((folder / "labels.json").read_text("utf-8")) | {"events": list(EVENTS), "harms": list(HARMS)}
    vocabulary = Vocabulary((folder / "vocab.txt").read_text("utf-8").split("\n")[:-1])
    labels = {key: {label: place for place, label in enumerate(values)} for key, values in names.items()}
    net = Net(names, 0.0)
    net.load_state_dict(torch.load(checkpoint, weights_only=True)["mean"])
    items = [example(gold, vocabulary, harms=weight) for gold, weight in sentences() if len(gold.words) < 150]
    items.sort(key=lambda item: len(item.ids))
    state, goal, weight = (torch.cat(parts) for parts in zip(*states(net, items, labels), strict=True))
    weight = weight * torch.where(goal > 0, TOLD, 1.0)
    optimizer = torch.optim.AdamW(net.hm.parameters(), lr=RATE, weight_decay=1e-3)
    for epoch in range(EPOCHS):
        optimizer.param_groups[0]["lr"] = RATE * (1 - epoch / EPOCHS)
        order = torch.randperm(len(goal), generator=torch.Generator().manual_seed(epoch))
        for part in order.split(ROWS):
            each = functional.cross_entropy(net.hm(state[part]), goal[part], reduction="none")
            optimizer.zero_grad()
            ((each * weight[part]).sum() / weight[part].sum()).backward()
            optimizer.step()
    some = 1 - net.hm(state).softmax(-1)[:, 0].detach()
    for share in (0.5, 0.7, 0.9):
        right = int(((some > share) & (goal > 0)).sum())
        print(f"above {share}: P {right / int((some > share).sum()):.2f} R {right / int((goal > 0).sum()):.2f}")
    export({name: value.detach().numpy() for name, value in net.state_dict().items()}, names, vocabulary, out)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: learn_harms.py CHECKPOINT OUT")
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""The reader: words, sentences, trees, names, lemmas, bad input, other pipelines."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.errors import InputError, ModelError
from timeline.language import Document, Name, Sentence, Token, read, reader
from timeline.language.adapters import document_of_spacy
from timeline.language.breaks import learn
from timeline.language.casing import casing, truecased
from timeline.language.decoding import best_names, best_tree
from timeline.language.events import load_marked
from timeline.language.lemmas import lemma
from timeline.language.measure import facts_of_document, facts_of_gold
from timeline.language.network import load
from timeline.language.patterns import made_sentences
from timeline.language.sentences import LONGEST, paragraphs, split_sentences
from timeline.language.treebank import load_documents
from timeline.language.words import split_words
from timeline.records import Article

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def assert_sound(document: Document) -> None:
    """Offsets hold and ascend, every sentence is a tree with one root, names lie in their sentence."""
    at = 0
    for place, token in enumerate(document.tokens):
        assert token.index == place
        assert token.start >= at
        assert document.text[token.start : token.end] == token.text != ""
        at = token.end
    for sentence in document.sentences:
        inside = {token.index for token in sentence.tokens}
        assert [token.dep for token in sentence.tokens if token.head == token.index] == ["root"]
        for token in sentence.tokens:
            assert token.head in inside
            assert token.head == token.index or list(document.ancestors(token))[-1].dep == "root"
        for name in sentence.names:
            assert {name.first, name.last} <= inside
            assert name.first <= name.last
            assert name.label in ("PER", "ORG", "LOC")


@pytest.mark.parametrize("case", cases("language_words.jsonl"), ids=lambda case: case["text"][:40])
def test_words(case: dict) -> None:
    """A text falls into the words that the treebanks would see."""
    found = [case["text"][start:end] for start, end in split_words(case["text"])]
    assert found == case["words"]


@pytest.mark.parametrize("case", cases("language_sentences.jsonl"), ids=lambda case: case["text"][:40])
def test_sentences(case: dict) -> None:
    """A text falls into its sentences, whatever stands between them."""
    found = [case["text"][words[0][0] : words[-1][1]] for words in split_sentences(case["text"])]
    assert found == case["sentences"]


@pytest.mark.parametrize("case", cases("language_lemmas.jsonl"), ids=lambda case: case["word"])
def test_lemmas(case: dict) -> None:
    """A word has the lemma of the dictionary."""
    assert lemma(case["word"], case["pos"], case["tag"]) == case["lemma"]


BAD = {
    "empty": "",
    "blank": " \t\r\n ",
    "one character": "x",
    "one mark": ".",
    "only marks": "?!... -- ,,, (((",
    "control characters": "Troops\x00 fled\x07 \x1bHoms\x7f.\x0b\x0cRebels stayed.",
    "emoji": "Rebels 👩🏽‍🚒 fled 🇸🇾🚀🚀 to Homs 😀.",
    "arabic": "The group قوات الدعم السريع said (الخرطوم) it left.",
    "arabic with marks": "وَقَالَ الْجَيْشُ fled",
    "soft hyphens": "The govern\u00adment of Da\u00admascus fell.",
    "zero width": "Reb\u200bels\u200d fled\ufeff \u2060Ho\u200cms\u200b.",
    "lone zero width": "a \u200b \u00ad b",
    "windows lines": "First line.\r\n\r\nSecond line\r\nthird line.\r\n",
    "old mac lines": "First line.\rSecond line.",
    "tabs": "Killed\t12\tWounded\t30\n",
    "entities": "Smith &amp; Sons &lt;b&gt; said &quot;no&quot; &#39;yes&#39;.",
    "lone surrogate": "Rebels \ud800 fled.",
    "combining": "Caf\u0065\u0301 in S\u0327irnak",
    "astral": "𝕿𝖗𝖔𝖔𝖕𝖘 fled 𝟙𝟚 towns",
    "ligatures": "The oﬃce ﬁred ½ of Ⅻ",
    "only digits": "1 2 3 4.5 6,000 7/8/2012 12:30",
    "chinese": "军队 said 反对派 fled。",
    "dots": "." * 3000,
    "dashes": "-" * 3000 + " a",
    "letters": "a" * 3000,
    "apostrophes": "'" * 500 + "s'" * 200,
    "brackets": "(" * 400 + "a" + ")" * 400,
    "at signs": "a.b" * 500 + "@" + "c.d" * 500,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_bad_input(text: str) -> None:
    """Whatever the text holds, every token lies where it says and every sentence is a tree."""
    assert_sound(read(text))


PIECES = st.sampled_from(
    ["Rebels ", "U.S.", "n't", "'", '"', "\r\n", "\u200b", "\u00ad", ". ", "-", "1,2", "قتل ", "😀", "\x00", "A"]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text(text: str) -> None:
    """Offsets hold and trees are trees in any text at all."""
    assert_sound(read(text))


@given(st.text(max_size=200))
def test_words_cover_all_letters(text: str) -> None:
    """No letter or digit is lost between two words, and no word holds a blank."""
    at = 0
    for start, end in [*split_words(text), (len(text), len(text))]:
        assert not any(character.isalnum() for character in text[at:start])
        assert not any(character.isspace() for character in text[start:end])
        at = end


def test_nothing_in_nothing() -> None:
    """A text without words has no sentences."""
    assert read(" \u200b\n\x00").sentences == ()


@pytest.mark.parametrize(
    "unit", ["word ", "a-b.c'd", "x.y@", "(", "1,", "A. ", "http://a.b/", "-\n", "a\n\n", "&a", "\u00ad"]
)
def test_linear_splitting(unit: str) -> None:
    """Eight times the text takes about eight times as long to split, not sixty-four times."""

    def spent(size: int) -> float:
        text = unit * (size // len(unit))
        best = 1e9
        for _ in range(2):
            began = time.process_time()
            for _ in split_sentences(text):
                pass
            best = min(best, time.process_time() - began)
        return best

    spent(1000)
    assert spent(80_000) < 30 * max(spent(10_000), 0.002)


def test_no_sentence_end() -> None:
    """A text of many thousand words without an end is cut into sentences of bounded length."""
    document = read("rebels attacked the town and " * 400)
    assert_sound(document)
    assert max(len(sentence.tokens) for sentence in document.sentences) <= LONGEST


def test_long_pieces_are_cut() -> None:
    """A sentence of more word pieces than the encoder reads is cut, none of its words lost."""
    text = "antidisestablishmentarianismus-qwrtzpsdf " * 100
    document = read(text)
    assert_sound(document)
    assert len(document.tokens) == 300


def test_workers_and_neighbours_do_not_matter() -> None:
    """The documents are the same for one worker, for three, and for an article alone."""
    texts = ["Rebels shot two men in Homs. They fled.", "", "TROOPS SEIZE TOWN\n\nThe army said so.", "a b c " * 50]
    articles = [Article(str(place), text) for place, text in enumerate(texts)]
    expected = [read(article) for article in articles]
    assert list(reader()(articles)) == expected
    assert list(reader(n_jobs=3)(iter(articles))) == expected


def test_stream_is_lazy() -> None:
    """Documents come out before all articles are in."""
    seen = []

    def articles():
        for number in range(50):
            seen.append(number)
            yield Article(str(number), "Troops fled.")

    stream = reader(n_jobs=2)(articles())
    next(stream)
    assert len(seen) < 10


def test_published_and_article() -> None:
    """An article is kept as it is; a text becomes one."""
    article = Article("a", "Troops fled.", title="T")
    assert read(article).article is article
    assert read("Troops fled.").article.text == "Troops fled."


def test_names_across_marks() -> None:
    """Names of the three classes are found in a plain sentence."""
    document = read("President Omar Haddad met United Nations envoys in Damascus.")
    found = {(document.token_span(name.first, name.last).text, name.label) for name in document.sentences[0].names}
    assert {("Omar Haddad", "PER"), ("United Nations", "ORG"), ("Damascus", "LOC")} <= found


@pytest.mark.parametrize("recase", [str.upper, str.lower])
def test_unusual_case(recase) -> None:
    """The tree of a sentence survives capitals and small letters, and so do its names' places."""
    text = "Government troops killed nine rebels in Aleppo on Monday, the army said."
    usual, other = read(text), read(recase(text))
    assert_sound(other)
    assert [token.head for token in other.tokens] == [token.head for token in usual.tokens]
    assert [token.lemma.lower() for token in other.tokens] == [token.lemma.lower() for token in usual.tokens]
    assert other.token_at(text.index("Aleppo")).pos == "PROPN"


def test_casing() -> None:
    """Paragraphs in capitals or small letters are told from usual ones."""
    assert casing("ARMY SHELLS THREE VILLAGES") == "capitals"
    assert casing("army shells three villages") == "small"
    assert casing("Army shells three villages") == "usual"
    assert casing("UN: NO") == "usual"
    assert truecased(["IN", "HOMS"], ["IN", "NNP"]) == ["In", "Homs"]


def test_wrapped_lines() -> None:
    """Lines of a fixed width are joined, lines of a list are not."""
    wrapped = "Government troops shelled the old town for a third\nday on Tuesday, residents said,"
    wrapped += " and at least\nnine people died.\n"
    assert len(list(paragraphs(wrapped))) == 1
    assert len(list(paragraphs("Homs: 12 dead\nHama: 3 dead\nIdlib: 20 dead\n"))) == 3


def test_tree_where_the_best_heads_are_none() -> None:
    """Best heads that form a circle or several roots give way to the best tree with one root."""
    circle = np.array([[1.0, -9, 5, 0], [0.0, 6, -9, 0], [0.0, 4, 0, -9]])
    assert best_tree(circle) == [0, 1, 1]
    assert best_tree(np.array([[5.0, 0, 1], [4.0, 3, 0]])) == [0, 1]
    assert best_tree(np.zeros((1, 2))) == [0]


def brute_tree(arc: np.ndarray) -> float:
    """The score of the best tree, all trees tried."""
    from itertools import product

    size, best = len(arc), -1e18
    for heads in product(range(size + 1), repeat=size):
        if list(heads).count(0) != 1 or any(head == place + 1 for place, head in enumerate(heads)):
            continue
        for start in range(size):
            at, steps = start + 1, 0
            while at and steps <= size:
                at, steps = heads[at - 1], steps + 1
            if at:
                break
        else:
            best = max(best, sum(arc[place, head] for place, head in enumerate(heads)))
    return best


def test_best_tree_is_best() -> None:
    """On small random scores no tree with one root beats the one that is found."""
    dice = np.random.default_rng(7)
    for size in (2, 3, 4, 5):
        for _ in range(25):
            arc = dice.normal(size=(size, size + 1))
            heads = best_tree(arc)
            assert sum(arc[place, head] for place, head in enumerate(heads)) == pytest.approx(brute_tree(arc))


def test_names_never_begin_inside() -> None:
    """A row of labels that begins with an inner label is read as the best row that does not."""
    labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    scores = np.array([[1, 0, 5, 0, 0], [0, 0, 0, 0, 6], [9, 0, 0, 0, 0.0]])
    assert best_names(scores, labels) == [(1, 1, "LOC")] or best_names(scores, labels) == [(0, 1, "LOC")]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped model."""
    for item in (files("timeline.language") / "model").iterdir():
        shutil.copy(str(item), tmp_path / item.name)
    return tmp_path


@pytest.mark.parametrize("name", ["labels.json", "vocab.txt", "relations.npy", "model.onnx"])
def test_damaged_model(copied: Path, name: str) -> None:
    """A changed file of the model is refused with the advice to reinstall."""
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)
    with pytest.raises(ModelError, match=r"damaged.*reinstall"):
        load(copied)


def test_missing_model(copied: Path) -> None:
    """A missing file or manifest is an error with the same advice."""
    (copied / "vocab.txt").unlink()
    with pytest.raises(ModelError, match=r"vocab\.txt.*missing.*reinstall"):
        load(copied)
    (copied / "manifest.json").write_text("{}")
    with pytest.raises(ModelError, match=r"manifest.*reinstall"):
        load(copied)


def test_made_sentences_are_trees() -> None:
    """Every sentence made to train on has one root, no circle, and inner name labels only inside names."""
    for gold in made_sentences(300, seed=5):
        assert gold.heads is not None
        assert gold.heads.count(0) == 1
        for place in range(len(gold.words)):
            at, steps = place + 1, 0
            while at:
                at, steps = gold.heads[at - 1], steps + 1
                assert steps <= len(gold.words), gold
        for before, name in zip(("O", *gold.names), gold.names, strict=False):
            assert not name.startswith("I-") or before[2:] == name[2:]


def clear_doc():
    """ "The city was shelled by troops of the regime in Homs, and Omar Haddad is wounded." as en_core_web parses it."""
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Doc, Span

    rows = [
        ("The", "DT", "DET", "det", 1), ("city", "NN", "NOUN", "nsubjpass", 3), ("was", "VBD", "AUX", "auxpass", 3),
        ("shelled", "VBN", "VERB", "ROOT", 3), ("by", "IN", "ADP", "agent", 3), ("troops", "NNS", "NOUN", "pobj", 4),
        ("of", "IN", "ADP", "prep", 5), ("the", "DT", "DET", "det", 8), ("regime", "NN", "NOUN", "pobj", 6),
        ("in", "IN", "ADP", "prep", 3), ("Homs", "NNP", "PROPN", "pobj", 9), (",", ",", "PUNCT", "punct", 3),
        ("and", "CC", "CCONJ", "cc", 3), ("Omar", "NNP", "PROPN", "compound", 14),
        ("Haddad", "NNP", "PROPN", "nsubj", 15), ("is", "VBZ", "AUX", "conj", 3), ("angry", "JJ", "ADJ", "acomp", 15),
        (".", ".", "PUNCT", "punct", 15),
    ]  # fmt: skip
    spaces = [row[0] not in ("Homs", "angry") for row in rows]
    doc = Doc(spacy.blank("en").vocab, words=[r[0] for r in rows], spaces=spaces, tags=[r[1] for r in rows],
              pos=[r[2] for r in rows], deps=[r[3] for r in rows], heads=[r[4] for r in rows],
              lemmas=["be" if r[0] in ("is", "was") else r[0].lower() for r in rows])  # fmt: skip
    doc.ents = [Span(doc, 10, 11, "GPE"), Span(doc, 13, 15, "PERSON"), Span(doc, 1, 2, "CARDINAL")]
    return doc


def test_clear_scheme() -> None:
    """Prepositions, agents, passives and copulas of the scheme of en_core_web become Universal Dependencies."""
    doc = clear_doc()
    document = document_of_spacy(doc, Article("a", doc.text))
    assert_sound(document)
    found = {token.text: (token.dep, document.tokens[token.head].text) for token in document.tokens}
    expected = {
        "city": ("nsubj:pass", "shelled"), "was": ("aux:pass", "shelled"), "shelled": ("root", "shelled"),
        "by": ("case", "troops"), "troops": ("obl:agent", "shelled"), "regime": ("nmod", "troops"),
        "of": ("case", "regime"), "Homs": ("obl", "shelled"), "in": ("case", "Homs"), "angry": ("conj", "shelled"),
        "is": ("cop", "angry"), "Haddad": ("nsubj", "angry"), "Omar": ("compound", "Haddad"),
    }  # fmt: skip
    assert {word: found[word] for word in expected} == expected
    names = [(document.token_span(name.first, name.last).text, name.label) for name in document.sentences[0].names]
    assert names == [("Homs", "LOC"), ("Omar Haddad", "PER")]


def test_universal_scheme() -> None:
    """A pipeline trained on Universal Dependencies is taken as it is, blanks left out."""
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Doc

    doc = Doc(
        spacy.blank("en").vocab,
        words=["Homs", "\n\n", "was", "shelled", "by", "troops"], spaces=[False, False, *[True] * 3, False],
        tags=["NNP", "_SP", "VBD", "VBN", "IN", "NNS"], pos=["PROPN", "SPACE", "AUX", "VERB", "ADP", "NOUN"],
        deps=["nsubj:pass", "dep", "aux:pass", "ROOT", "case", "obl:agent"], heads=[3, 0, 3, 3, 5, 3],
    )  # fmt: skip
    document = document_of_spacy(doc, Article("a", doc.text))
    assert_sound(document)
    assert [(token.text, token.dep) for token in document.tokens] == [
        ("Homs", "nsubj:pass"), ("was", "aux:pass"), ("shelled", "root"), ("by", "case"), ("troops", "obl:agent"),
    ]  # fmt: skip


def test_clear_doubled_prepositions() -> None:
    """ "because of the raid" and a preposition without a noun keep every word in the tree."""
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Doc

    doc = Doc(
        spacy.blank("en").vocab, words="They fled out of the town and marched on after killing him".split(),
        tags=["PRP", "VBD", "IN", "IN", "DT", "NN", "CC", "VBD", "IN", "IN", "VBG", "PRP"],
        pos=["PRON", "VERB", "ADP", "ADP", "DET", "NOUN", "CCONJ", "VERB", "ADP", "ADP", "VERB", "PRON"],
        deps=["nsubj", "ROOT", "prep", "prep", "det", "pobj", "cc", "conj", "prep", "prep", "pcomp", "dobj"],
        heads=[1, 1, 1, 2, 5, 3, 1, 1, 7, 7, 9, 10],
    )  # fmt: skip
    document = document_of_spacy(doc, Article("a", doc.text))
    assert_sound(document)
    found = {token.text: (token.dep, document.tokens[token.head].text) for token in document.tokens}
    assert found["town"] == ("obl", "fled")
    assert found["on"] == ("advmod", "marched")
    assert (found["killing"], found["after"]) == (("advcl", "marched"), ("mark", "killing"))
    assert found["him"] == ("obj", "killing")


def test_spacy_pipeline_object() -> None:
    """A loaded pipeline reads; one that does not parse is refused; a name that is not installed says what to do."""
    spacy = pytest.importorskip("spacy")
    with pytest.raises(InputError, match="does not parse"):
        read("Troops fled.", language=spacy.blank("en"))
    with pytest.raises(InputError, match="spacy download xx_no_such"):
        reader("xx_no_such")
    assert read("", language=spacy.blank("en")).sentences == ()


def test_own_callable() -> None:
    """Any callable from article to document reads; one whose tokens lie elsewhere is caught."""
    token = Token(0, 0, 6, "Troops", "troop", "NOUN", "NNS", 0, "root")

    def mine(article: Article) -> Document:
        return Document(article, (Sentence(0, (token,), (Name(0, 0, "ORG"),)),))

    def wrong(article: Article) -> Document:
        return Document(article, (Sentence(0, (replace(token, start=1),)),))

    assert read("Troops fled.", language=mine).tokens == (token,)
    with pytest.raises(InputError, match="does not lie where it says"):
        read("Troops fled.", language=wrong)
    with pytest.raises(InputError, match="cannot read with int"):
        reader(3)


def test_treebank_and_measure(tmp_path: Path) -> None:
    """A gold sentence is read back from its file, and compared with itself all of it is right."""
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Doc, DocBin, Span

    doc = Doc(
        spacy.blank("en").vocab,
        words=["Homs", "fell", "."],
        spaces=[True, False, False],
        tags=["NNP", "VBD", "."],
        pos=["PROPN", "VERB", "PUNCT"],
        deps=["nsubj", "ROOT", "punct"],
        heads=[1, 1, 1],
    )
    doc.ents = [Span(doc, 0, 1, "LOC")]
    DocBin(docs=[doc, doc]).to_disk(tmp_path / "tiny.spacy")
    documents = load_documents(tmp_path / "tiny.spacy")
    text, gold = facts_of_gold(documents)
    assert text == "Homs fell.\n\nHoms fell.\n\n"
    assert documents[0][0].heads == (2, 0, 2)
    assert gold.names == {((0, 4), "LOC"), ((12, 16), "LOC")}
    found = facts_of_document(read(text))
    assert (found.words, found.sentences, found.pos, found.arcs) == (gold.words, gold.sentences, gold.pos, gold.arcs)
    with pytest.raises(InputError, match="no such treebank file"):
        load_documents(tmp_path / "none.spacy")


def test_breaks_are_learned() -> None:
    """From paragraphs whose sentences begin with one word, that word is learned to begin sentences."""
    paragraph = (["so", "it", "fell", "so", "he", "left"], [False] * 6, frozenset({0, 3}))
    weights = learn([paragraph] * 4, seed=1)
    assert weights["eso_x"] > 0


def test_the_subject_of_a_clause_of_time_is_its_own() -> None:
    """A predecessor who "went over" two days before is not the council that names another."""
    text = "The council named a new general, two days after his predecessor, Omar Sabri, went over to the rebels."
    document = read(text)
    verb = next(token for token in document.tokens if token.text == "went")
    assert [child.text for child in document.children(verb, "nsubj")] == ["predecessor"]


def test_marks_of_harmed_people_beside_those_of_events(tmp_path: Path) -> None:
    """Deeds and harmed people are labelled apart; where only people are marked nothing is said of deeds."""
    path = tmp_path / "marked.txt"
    path.write_text(
        "Gunmen [[raided|attack]] a mosque and shot [[nine worshippers|killed]].\nThey shot [[two guards|killed]].\n",
        encoding="utf-8",
    )
    first, second = load_marked(path, harms=True)
    assert [label for label in first.events or () if label != "O"] == ["attack"]
    assert dict(zip(first.words, first.harms or (), strict=True))["worshippers"] == "killed"
    assert second.events is None
    assert "killed" in (second.harms or ())
    assert [gold.harms for gold in load_marked(path)] == [None, None]
    path.write_text("A [[raid|picnic]].", encoding="utf-8")
    with pytest.raises(InputError, match="picnic"):
        load_marked(path)

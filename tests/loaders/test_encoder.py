"""The network in NumPy finds what spaCy's own components find."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from spacy.tokens import Doc

from graph.model import Article
from loaders import demo
from loaders.reading import encoder
from loaders.reading.encoder import Encoder
from loaders.reading.recogniser import Recogniser
from loaders.reading.sentences import split_sentences
from loaders.reading.tagging import Tagger
from loaders.reading.tokens import Sentence, Token
from loaders.sources.files import read_paths

ODD = [
    "",
    "\n",
    "Renault",
    "Renault\n",
    "  Jeanne Marchand  dirige \n Dassault Systèmes",
    "M. Le Goff, de la Banque de France, et J.-C. Durand (L'Oréal S.A.)",
    "À Lyon, la C.G.T. et l’A.F.P. citent Jean-Luc d'Ormesson, p.-d.g. de Veolia.",
    "NOUVEL ACCORD ENTRE AIRBUS ET THALES",
]


@pytest.fixture(scope="module")
def nlp() -> Any:
    """The pipeline that the tagger stands on, with the components of spaCy."""
    return Tagger.load("fr")._nlp


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Every sentence of the demo's articles, and odd ones."""
    read = read_paths([demo.articles()])
    texts = [article.text for article in read if isinstance(article, Article)]
    spans = [(text, span) for text in texts for span in split_sentences(text, "fr")]
    assert len(spans) > 100
    return ODD + [text[span.start : span.end] for text, span in spans]


def _names_of_spacy(nlp: Any, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    documents = nlp.get_pipe("ner").pipe(map(nlp.make_doc, texts))
    return [[(e.start, e.end, e.label_) for e in doc.ents] for doc in documents]


def test_the_recogniser_finds_the_names_that_spacy_finds(nlp: Any, sentences: list[str]) -> None:
    found = Recogniser(nlp).names([nlp.make_doc(text) for text in sentences])
    assert sum(map(len, found)) > 100
    assert found == _names_of_spacy(nlp, sentences)


def test_names_are_the_same_when_more_words_come_than_are_kept(
    nlp: Any, sentences: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "WORDS", 40)
    monkeypatch.setattr(encoder, "_ROWS", 8)
    texts = sentences[:30]
    recogniser = Recogniser(nlp)
    found = [recogniser.names([nlp.make_doc(text)])[0] for text in texts]
    assert found == _names_of_spacy(nlp, texts)


def test_words_get_the_parts_of_speech_that_spacy_gives(nlp: Any, sentences: list[str]) -> None:
    documents = [Doc(nlp.vocab, [t.text for t in nlp.make_doc(text)]) for text in sentences]
    tokenised = [
        Sentence(0, 0, 0, 0, "", [Token(token.text, 0, 0) for token in doc]) for doc in documents
    ]
    Tagger.load("fr").tag(tokenised)
    for sentence, document in zip(tokenised, documents, strict=True):
        for name in ("tok2vec", "morphologizer"):
            document = nlp.get_pipe(name)(document)
        forms = [token.morph.get("VerbForm", []) for token in document]
        expected = [
            f"{t.pos_}:{form[0]}" if form else t.pos_
            for t, form in zip(document, forms, strict=True)
        ]
        assert [token.tag for token in sentence.tokens] == expected


def test_an_encoder_gives_the_vectors_of_the_model(nlp: Any) -> None:
    model = nlp.get_pipe("tok2vec").model
    mine: Encoder[str] = Encoder(model, lambda words: Doc(nlp.vocab, words))
    words = [["Jeanne", "dirige", "Renault", "."], ["Bonjour"], [], ["Il", "dirige", "Renault"]]
    documents = [Doc(nlp.vocab, each) for each in words if each]
    expected = np.concatenate(model.predict(documents))
    assert mine.encode(words) == pytest.approx(expected, abs=1e-4)
    assert mine.encode([]).shape == (0, 96)


def test_two_who_ask_at_once_get_the_vectors_of_their_own_words(nlp: Any) -> None:
    model = nlp.get_pipe("tok2vec").model
    mine, others = ["Jeanne", "dirige"], ["Renault", "recule"]
    found: dict[str, Any] = {}
    other = threading.Thread(target=lambda: found.update(others=shared.encode([others])))

    def document(words: list[str]) -> Doc:
        if words == mine:
            # The other asks now; it may be done first, or wait until this one is.
            other.start()
            other.join(0.2)
        return Doc(nlp.vocab, words)

    shared: Encoder[str] = Encoder(model, document)
    found["mine"] = shared.encode([mine])
    other.join()
    for words, vectors in ((mine, found["mine"]), (others, found["others"])):
        alone: Encoder[str] = Encoder(model, lambda given: Doc(nlp.vocab, given))
        for asked in (vectors, shared.encode([words])):
            assert asked == pytest.approx(alone.encode([words]), abs=1e-4)

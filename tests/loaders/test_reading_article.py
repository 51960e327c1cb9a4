"""A whole article: which claims become one, which stay apart, in which order, with which quote."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from examples import article, triple_of

from graph.model import Claim, Status
from loaders.reader import LanguageReader

Says = Callable[[str], list[Claim]]

STORY = (
    "Chanel a recruté Ève Marin.\n"
    "Selon Le Monde, Ève Marin aurait décroché un salaire de 2 millions d'euros.\n"
    "- Orange a racheté Jazztel\n"
    "Ensuite, rien. Danone dirige son usine avec soin.\n"
    "Luc Obadia travaille chez Orange."
)


def test_the_same_statement_twice_is_one_claim(reader_says: Says) -> None:
    claims = reader_says("Chanel a recruté Ève Marin. Ève Marin a rejoint Chanel en février 2025.")
    assert [triple_of(claim) for claim in claims] == [("Ève Marin", "HIRED_BY", "Chanel")]


def test_what_only_the_second_statement_knows_is_kept(reader_says: Says) -> None:
    (claim,) = reader_says(
        "Chanel a recruté Ève Marin. Ève Marin a rejoint Chanel en février 2025."
    )
    assert claim.start is not None
    assert str(claim.start.earliest) == "2025-02-01"


def test_another_status_is_another_claim(reader_says: Says) -> None:
    claims = reader_says("Selon Le Monde, Danone a racheté Alpro. Danone a racheté Alpro.")
    assert {claim.status for claim in claims} == {Status.REPORTED, Status.ASSERTED}


def test_claims_stand_in_the_order_of_their_quotes(reader_says: Says) -> None:
    claims = reader_says(STORY)
    starts = [claim.quote.start for claim in claims]
    assert len(claims) >= 4
    assert starts == sorted(starts)


def test_every_quote_is_a_sentence_of_the_text(reader_says: Says) -> None:
    for claim in reader_says(STORY):
        assert STORY[claim.quote.start : claim.quote.end] == claim.quote.text
        assert claim.subject.name.split()[-1] in STORY


def test_a_group_that_is_named_later_is_quoted_with_its_names(reader_says: Says) -> None:
    text = "Trois cadres ont quitté Boeing, dont Lynn Fox et Amos Bell. Le reste attend."
    claims = reader_says(text)
    assert {claim.subject.name for claim in claims} == {"Lynn Fox", "Amos Bell"}
    assert {claim.quote.text for claim in claims} == {text.partition(" Le reste")[0]}


def test_a_claim_tells_its_rule_its_words_and_its_reader(reader_says: Says) -> None:
    (claim,) = reader_says("Danone a racheté Alpro.")
    assert (claim.rule, claim.cues) == ("acquire", ("racheté",))
    assert claim.extractor.startswith("frames-fr-")
    assert 0 < claim.confidence <= 1


def test_articles_read_together_are_read_as_each_by_itself(reader: LanguageReader) -> None:
    texts = [STORY, "Danone a racheté Alpro.", "Il pleut.", "Orange a recruté Luc Obadia."]
    together = list(reader.read_many(article(text, i) for i, text in enumerate(texts)))
    assert [reading.article_id for reading in together] == [f"example-{i}" for i in range(4)]
    assert together == [reader.read(article(text, i)) for i, text in enumerate(texts)]


@pytest.mark.parametrize("text", ["Il pleut.", "…", "42", "Danone.", "- \n- \n"])
def test_a_text_that_states_nothing_makes_no_claim(text: str, reader_says: Says) -> None:
    assert reader_says(text) == []


@pytest.mark.parametrize(
    ("title", "employer"),
    [
        ("Lumenia dévisse en Bourse", "Lumenia"),
        ("Vernel à la rescousse", "Vernel"),
        ("Un été meurtrier", None),
    ],
)
def test_the_title_tells_whose_a_post_is_that_two_may_have(
    title: str, employer: str | None, reader: LanguageReader
) -> None:
    text = (
        "Les groupes Lumenia et Vernel ont discuté tout l'été. Rien n'est signé.\n"
        "La directrice financière, Claire Vasseur, s'est tue."
    )
    said = {
        triple_of(c) for c in reader.read(article(text).model_copy(update={"title": title})).claims
    }
    work = {("Claire Vasseur", "WORKED_AT", employer)} if employer is not None else set()
    assert {triple for triple in said if triple[1] == "WORKED_AT"} == work


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Marc Tran, le fidèle", {"Marc Tran"}),
        ("Une époque", {"Marc Tran"}),
        ("Paul Imbert, le fidèle", set[str]()),
    ],
)
def test_whom_a_title_names_is_weighed_against_whom_the_text_named_first(
    title: str, meant: set[str], reader: LanguageReader
) -> None:
    text = (
        "Marc Tran a reçu Paul Imbert. Une époque s'achève.\n"
        "Il avait rejoint Thales en 2012, puis Orange."
    )
    portrait = article(text).model_copy(update={"title": title})
    hired = {c.subject.name for c in reader.read(portrait).claims if c.relation == "HIRED_BY"}
    assert hired == meant

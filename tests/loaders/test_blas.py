"""The model's matrix products: NumPy's give what thinc's own give."""

from __future__ import annotations

import numpy as np
import pytest
from thinc.api import NumpyOps

from loaders.reading.blas import NumpyBlasOps, one_thread
from loaders.reading.tagging import Tagger


@pytest.mark.parametrize("trans1", [False, True])
@pytest.mark.parametrize("trans2", [False, True])
def test_a_product_is_the_same_as_that_of_thinc(trans1: bool, trans2: bool) -> None:
    random = np.random.default_rng(7)
    x = random.random((3, 5), dtype="f")
    y = random.random((5, 4), dtype="f")
    left, right = (x.T if trans1 else x), (y.T if trans2 else y)
    left, right = np.ascontiguousarray(left), np.ascontiguousarray(right)
    expected = NumpyOps().gemm(left, right, trans1=trans1, trans2=trans2)
    found = NumpyBlasOps().gemm(left, right, trans1=trans1, trans2=trans2)
    assert found == pytest.approx(expected, abs=1e-5)
    out = np.empty_like(expected)
    assert NumpyBlasOps().gemm(left, right, out=out, trans1=trans1, trans2=trans2) is out
    assert out == pytest.approx(expected, abs=1e-5)


def test_every_model_of_the_tagger_multiplies_by_it() -> None:
    tagger = Tagger.load("fr")
    for _, pipe in tagger._nlp.pipeline:
        assert all(isinstance(node.ops, NumpyBlasOps) for node in pipe.model.walk())


def test_the_threads_of_blas_are_as_before_when_a_model_has_run() -> None:
    from threadpoolctl import threadpool_info

    before = threadpool_info()
    with one_thread():
        within = [lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"]
        assert within
        assert set(within) == {1}
    assert threadpool_info() == before

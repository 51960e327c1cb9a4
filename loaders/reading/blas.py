"""The matrix products of spaCy's models by NumPy's BLAS instead of the one that thinc brings.

See docs/decisions/060-numpy-blas.md for what that gains.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.backends.numpy_ops import NumpyOps
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language


class NumpyBlasOps(NumpyOps):  # type: ignore[misc] # thinc's compiled module has no types
    """thinc's operations on the processor, but for the product of two matrices."""

    def gemm(
        self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """`x` times `y`, either of them turned over before."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def use_numpy_blas(nlp: Language) -> None:
    """Let every model of a pipeline multiply by NumPy's BLAS. Its results stay the same."""
    ops = NumpyBlasOps()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if model is not None:
            for node in model.walk():
                node.ops = ops


def one_thread() -> AbstractContextManager[Any]:
    """Within it BLAS computes in one thread, as is fastest for matrices as small as these.

    On busy processors the threads of a small product wait for each other longer than they compute.
    """
    limited: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()

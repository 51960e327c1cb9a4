"""The garbage collectors of Python and of the Java machine in this process, kept apart.

JPype makes every collection of Java's, several a second while articles are stored, start a whole
one of Python's, which holds all of Python up; and whenever Python's memory has grown, a whole one
of Java's. That is for programs whose objects hold each other across that border. Here next to none
do, and each is freed by its own counting of references.
"""

from __future__ import annotations

import contextlib
import gc

import jpype

from graph.jvm import java


def part_collectors() -> None:
    """Let each collect when it needs to itself; the Java machine runs by now."""
    gc.callbacks[:] = [
        each for each in gc.callbacks if getattr(each, "__module__", None) != "_jpype"
    ]
    # An object that nothing holds tells JPype of a collection: another takes its place, which is
    # always held. What Java keeps of Python's is still freed through the same queue.
    # Another JPype may go about it otherwise: then the class (TypeError) or its field is missing.
    with contextlib.suppress(TypeError, jpype.JException):
        queue = java("org.jpype.ref.JPypeReferenceQueue").getInstance()
        sentinel = queue.getClass().getDeclaredField("sentinel")
        sentinel.setAccessible(True)
        sentinel.set(queue, java("java.lang.ref.PhantomReference")(queue, queue))

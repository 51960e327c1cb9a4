"""A process that is killed in the middle of loading loses nothing and leaves nothing by halves."""

from __future__ import annotations

import contextlib
import random
import signal
import threading
from pathlib import Path

import pytest
from backends import Backend
from child_processes import Child
from dumps import dump_of
from stories import Story, company, organization, person, product

from graph.connect import open_store
from graph.ingest import ingest
from graph.store import Store

MOMENTS = 20
SEED = 20250708
WHILE_STARTING = 0.2
"""How many of the moments fall into the start, which is the recovery from the last one."""
AFTER_COMMIT = 0.4
"""How many of them come at once after a commit, when maybe only the log has it on the disk."""

LOADS_UNTIL_KILLED = """
import os, signal
from pathlib import Path
sys.path[1:1] = [sys.argv[2], str(Path(sys.argv[2], "graph"))]
from test_crash import story
from graph import jvm
from graph.connect import open_store
from graph.ingest import ingest

jvm.start("256m", Path.cwd())
print("waiting", flush=True)
revision, commits = map(int, sys.stdin.readline().split())
print("starting", flush=True)
with open_store(Path(sys.argv[1]), heap="256m") as store:
    while True:
        revision += 2
        for number in range(0, 24, 3):
            batch = {n: revision + n % 2 for n in range(number, number + 3)}
            ingest(store, [story(n, version).item() for n, version in batch.items()])
            told = [f"loaded {n} {version}" for n, version in batch.items()]
            os.write(1, "".join(f"{line}\\n" for line in told).encode())
            commits -= 1
            if commits == 0:
                os.kill(os.getpid(), signal.SIGKILL)
"""

QUICK_START = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


def story(number: int, revision: int) -> Story:
    """A version of an article; each has other claims, some of which other articles make too."""
    luck = random.Random(f"{number} {revision}")
    people = [person(f"Anne-Marie Exemple {luck.randrange(12)}") for _ in range(2)]
    firms = [company(f"Société Exemple {luck.randrange(6)}") for _ in range(2)]
    lab, model = organization("Institut d'exemple"), product(f"Modèle {luck.randrange(4)}")
    told = Story(f"article-{number}", title=str(revision), outlet=f"Journal {luck.randrange(3)}")
    for who in people:
        told = told.says(who, "HIRED_BY", luck.choice(firms), role=f"rôle {luck.randrange(9)}")
        told = told.says(who, "WORKED_ON", model)
    for firm in firms[: luck.randrange(3)]:
        told = told.says(firm, "PARTNERED_WITH", lab, attributed_to=lab)
    return told


@pytest.fixture(scope="session")
def backend(embedded: Backend) -> Backend:
    return embedded


@pytest.mark.timeout(900)  # it starts twenty Java machines, one after the other
def test_after_a_kill_at_twenty_random_moments_every_article_is_whole_or_absent(
    tmp_path: Path, store: Store
) -> None:
    print(f"seed {SEED}")
    luck = random.Random(SEED)
    acknowledged: dict[str, int] = {}
    while_loading = 0
    with contextlib.ExitStack() as children:
        child = children.enter_context(_loader(tmp_path))
        for _ in range(MOMENTS):
            # The next one gets ready while this one is at work.
            ready, child = child, children.enter_context(_loader(tmp_path))
            loaded = _load_and_kill(ready, max(acknowledged.values(), default=0), luck)
            while_loading += bool(loaded)
            acknowledged |= loaded
            with open_store(tmp_path / "data") as survived:
                stored = _versions(survived)
                assert [a for a, least in acknowledged.items() if stored.get(a, 0) < least] == []
                assert _halves(survived) == []
                # The graph is exactly what the same articles make of an empty one.
                store.write(lambda transaction: transaction.run("store/clear"))
                whole = [story(int(a.removeprefix("article-")), v) for a, v in stored.items()]
                ingest(store, [one.item() for one in whole])
                assert dump_of(survived) == dump_of(store)
    assert while_loading >= MOMENTS / 2, "it was seldom killed while loading: this shows little"


def _loader(folder: Path) -> Child:
    """A process that waits to be told to load."""
    tests = Path(__file__).parent.parent
    return Child(LOADS_UNTIL_KILLED, folder / "data", tests, cwd=folder, env=QUICK_START)


def _load_and_kill(child: Child, last: int, luck: random.Random) -> dict[str, int]:
    """Load until a random moment; the versions of articles that were said to be stored."""
    moment = luck.random()
    after_commit = WHILE_STARTING <= moment < WHILE_STARTING + AFTER_COMMIT
    said = [child.line()]
    child.tell(f"{last} {luck.randint(1, 20) if after_commit else 0}")
    said.append(child.line())
    assert said == ["waiting", "starting"]
    if after_commit:
        status, rest, errors = child.end()
    else:
        if moment >= WHILE_STARTING:
            said.append(child.line())
        wait_s = luck.uniform(0, 2 if moment < WHILE_STARTING else 0.6)
        timer = threading.Timer(wait_s, child.signal, [signal.SIGKILL])
        timer.start()
        status, rest, errors = child.end()
        timer.join()
    assert status == -signal.SIGKILL, errors
    # What was cut off in the middle of a line was not said.
    said += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    words = [line.split() for line in said if line.startswith("loaded")]
    return {f"article-{number}": int(version) for _, number, version in words}


def _versions(store: Store) -> dict[str, int]:
    rows = store.query("MATCH (a:Article) RETURN a.id, a.title").rows
    return {article: int(title) for article, title in rows}


def _halves(store: Store) -> list[object]:
    """Whatever is not whole, by counts that need no knowledge of what was loaded."""
    return [
        row
        for text in (
            "MATCH (a:Article) WITH a, COUNT { (a)<-[:STATED_IN]-(:Claim) } AS claims "
            "WHERE claims <> a.claim_count RETURN 'article', a.id, claims",
            "MATCH (c:Claim) WITH c, COUNT { (c)-[:SUBJECT]->(:Entity {id: c.subject_id}) } AS s, "
            "COUNT { (c)-[:OBJECT]->(:Entity {id: c.object_id}) } AS o, "
            "COUNT { (c)-[:STATED_IN]->(:Article {id: c.article_id}) } AS a "
            "WHERE s <> 1 OR o <> 1 OR a <> 1 RETURN 'claim', c.id, s, o, a",
            "MATCH (e:Entity) WHERE NOT EXISTS { (e)<-[:MENTIONS]-(:Article) } "
            "RETURN 'entity', e.id",
            "MATCH (:Entity)-[r]->(:Entity) WITH r, COUNT { (:Claim {fact_id: r.id}) } AS claims "
            "WHERE claims <> r.claims RETURN 'fact', r.id, claims",
        )
        for row in store.query(text).rows
    ]

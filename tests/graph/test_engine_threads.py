from __future__ import annotations

from pathlib import Path

from child_processes import run


def test_a_process_ends_when_a_thread_that_is_gone_started_its_engine(tmp_path: Path) -> None:
    said = run(
        """
        import threading
        from pathlib import Path
        from graph.engine import Engine

        engines = []

        def start():
            engines.append(Engine.start(Path(sys.argv[1]), bolt_port=0, heap="256m"))

        for work in (start, lambda: engines[0].stop()):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
        print("stopped")
        """,
        tmp_path / "data",
        cwd=tmp_path,
    )
    assert said == "stopped\n"

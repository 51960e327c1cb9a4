"""What is sent in as a load, in the forms that one may take, made into files."""

from __future__ import annotations

import io
import json
from http import HTTPStatus
from typing import Final

import anyio
from fastapi import Request
from pydantic import ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api import examples
from api.jobs import Upload
from api.problems import FieldProblem, ProblemError
from api.render import counted
from api.routes.articles import NewArticle
from graph.views import View

MAX_FILES: Final = 1_000
JSON: Final = "application/json"
MULTIPART: Final = "multipart/form-data"
NAMES: Final = {"text/plain": "text.txt", "text/html": "page.html", JSON: "articles.jsonl"}
"""What the one file of a body is called."""

_MAX_ERRORS: Final = 50
_MAX_NAME: Final = 200
_MAX_FIELD: Final = 100


class NewArticles(View):
    """Articles to read."""

    model_config = ConfigDict(json_schema_extra={"example": {"articles": [examples.NEW_ARTICLE]}})

    articles: list[NewArticle] = Field(min_length=1, max_length=MAX_FILES)


async def take(request: Request, upload: Upload) -> None:
    """Keep what a request sends.

    Raises
    ------
    ProblemError
        If it is of no form that is taken, or damaged.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == MULTIPART:
        await _add_files(request, upload)
        return
    if media_type not in NAMES:
        raise ProblemError("unsupported-media-type", f"send {', '.join((*NAMES, MULTIPART))}")
    body = await request.body()
    if media_type == JSON:
        body = _lines(body)
    elif not body.strip():
        raise _invalid("", "the body is empty; send a text")
    await anyio.to_thread.run_sync(upload.add, NAMES[media_type], io.BytesIO(body))


async def _add_files(request: Request, upload: Upload) -> None:
    try:
        async with request.form(max_files=MAX_FILES, max_fields=0) as form:
            files = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
            if not files or len(files) < len(form.multi_items()):
                raise _invalid("files", f"send 1 to {MAX_FILES} files, each as a field `files`")
            for each in files:
                await anyio.to_thread.run_sync(upload.add, _name(each.filename), each.file)
    except HTTPException as error:
        if error.status_code != HTTPStatus.BAD_REQUEST:
            raise
        said = f"the files cannot be taken out of the body: {error.detail}"
        raise ProblemError("malformed-body", said) from error


def _name(given: str | None) -> str:
    """The last part of a file's name, as it may be shown; it is never a path of this machine."""
    last = (given or "").replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable())[-_MAX_NAME:] or "file"


def _lines(body: bytes) -> bytes:
    """The articles of a JSON body as lines of JSON, each with its id."""
    try:
        given = NewArticles.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        if found[0]["type"] == "json_invalid":
            said = f"the body is not valid JSON: {found[0]['ctx']['error']}"
            raise ProblemError("malformed-body", said) from error
        problems = [
            FieldProblem(
                where="body",
                field=".".join(map(str, each["loc"]))[:_MAX_FIELD],
                message=each["msg"].removeprefix("Value error, "),
            )
            for each in found[:_MAX_ERRORS]
        ]
        said = f"{counted(len(found), 'field')} not valid"
        raise ProblemError("invalid-request", said, problems) from error
    lines = [
        json.dumps(
            new.model_dump(mode="json", exclude_none=True) | {"id": new.article().id},
            ensure_ascii=False,
        )
        for new in given.articles
    ]
    return "\n".join([*lines, ""]).encode()


def _invalid(field: str, message: str) -> ProblemError:
    problems = [FieldProblem(where="body", field=field, message=message)]
    return ProblemError("invalid-request", "the body is not valid", problems)

"""Forms with a file in them (multipart/form-data, RFC 7578), read within limits."""

from io import BytesIO
from typing import Any

from python_multipart import parse_form
from python_multipart.exceptions import FormParserError

from simreg.console.visit import Visit
from simreg.errors import InputError

MOST_FIELD = 4_096


def is_multipart(content_type: str) -> bool:
    """Whether a form has files."""
    return content_type.startswith("multipart/form-data")


def fields(content_type: str, body: bytes, most: int) -> tuple[dict[str, str], dict[str, bytes]]:
    """The texts and the files of a form. Raises InputError ``form-unreadable``."""
    texts: dict[str, str] = {}
    files: dict[str, bytes] = {}

    def on_field(field: Any) -> None:
        if len(texts) < most and len(field.value or b"") <= MOST_FIELD:
            texts[(field.field_name or b"").decode("utf-8", "replace")] = (field.value or b"").decode("utf-8", "replace")

    def on_file(file: Any) -> None:
        if len(files) < most:
            file.file_object.seek(0)
            files[(file.field_name or b"").decode("utf-8", "replace")] = file.file_object.read()
        file.close()

    headers = {"Content-Type": content_type.encode("latin-1", "replace"), "Content-Length": str(len(body)).encode()}
    try:
        parse_form(headers, BytesIO(body), on_field, on_file)
    except (FormParserError, ValueError, KeyError):
        raise InputError("form-unreadable", "The form cannot be read.", "Open the page again.") from None
    return texts, files


def upload(visit: Visit, name: str) -> bytes:
    """A file of the form; empty where it is missing."""
    return visit.files.get(name, b"")

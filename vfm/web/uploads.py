"""Lets a few views take a file: they alone may be sent more than a form, and no more than a file of theirs may be."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

LARGEST_FILE = 5 * 1024 * 1024
ROUND_IT = 64 * 1024
"""What a browser sends around a file: the token, and the marks between the parts."""
View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file(view: View) -> View:
    """Marks a view that is sent a file."""
    view.takes_a_file = True  # type: ignore[attr-defined]
    return view


def add_uploads(app: Flask) -> None:
    """Raises the limit where a file is taken, before anything reads the request."""

    @app.before_request
    def _() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if getattr(view, "takes_a_file", False):
            request.max_content_length = LARGEST_FILE + ROUND_IT

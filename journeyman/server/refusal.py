"""A request that is not answered: its HTTP status, and in three parts what happened, because of what, what to try."""

from __future__ import annotations

from typing import Any

from journeyman.errors import InputError


class Refusal(InputError):
    """What the server says no to.

    Parameters
    ----------
    status : the HTTP status, 400 to 503
    headers : response headers that belong to it, as ``Retry-After``
    closes : the connection ends with it, because the rest of the request is not read
    """

    def __init__(
        self,
        status: int,
        happened: str,
        *,
        because: str = "",
        remedy: str = "",
        headers: dict[str, str] | None = None,
        closes: bool = False,
    ) -> None:
        super().__init__(happened, because=because, remedy=remedy)
        self.status = status
        self.headers = headers or {}
        self.closes = closes

    def as_document(self) -> dict[str, Any]:
        """The refusal as the body of its answer."""
        return {"format": 1, "status": "refused", "error": self.happened, "because": self.because, "try": self.remedy}

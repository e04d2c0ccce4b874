"""Every « no » of the house as a page, or as data for programs: what happened, what is kept, what to do."""

from __future__ import annotations

from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Busy, NotAllowed, NotFound, StorageUnavailable
from atelier.people import access
from atelier.people.views.blueprint import blueprint
from atelier.security import ForeignOrigin

CODES = {
    400: "bad_request",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    410: "gone",
    413: "too_large",
    415: "bad_request",
    422: "bad_request",
    429: "too_many_tries",
    500: "fault",
    503: "busy",
}


@blueprint.app_errorhandler(NotFound)
def not_found(_error: NotFound) -> AnyResponse:
    return _refusal("not_found", 404)


@blueprint.app_errorhandler(NotAllowed)
def not_allowed(_error: NotAllowed) -> AnyResponse:
    return _refusal("not_allowed", 403)


@blueprint.app_errorhandler(Busy)
def busy(_error: Busy) -> AnyResponse:
    return _refusal("busy", 503)


@blueprint.app_errorhandler(StorageUnavailable)
def storage(_error: StorageUnavailable) -> AnyResponse:
    return _refusal("storage", 503)


@blueprint.app_errorhandler(ForeignOrigin)
def foreign_origin(_error: ForeignOrigin) -> AnyResponse:
    return _refusal("foreign_origin", 403)


@blueprint.app_errorhandler(HTTPException)
def refused(error: HTTPException) -> AnyResponse:
    """Draw any other refusal of the web; redirections pass."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    response = _refusal(CODES.get(status, "bad_request" if status < 500 else "fault"), status)
    if status == 405:
        response.headers["Allow"] = error.get_response().headers.get("Allow", "")
    return response


def _refusal(code: str, status: int) -> AnyResponse:
    if request.is_json or request.accept_mimetypes.best == "application/json":
        answer: Response = jsonify(ok=False, code=code)
        answer.status_code = status
        return answer
    return access.refusal_page(code, status)

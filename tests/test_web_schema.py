"""The API keeps what its OpenAPI description promises, whatever is asked of it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

import webs
from tidende.web import create_app

OPERATIONS = sorted(
    (method, path) for path, told in create_app("unopened").openapi()["paths"].items() for method in told
)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    desk = webs.filled(tmp_path_factory.mktemp("schema") / "desk.db")
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(str(desk)))


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_answers_are_as_described(described, method, path):
    @given(case=described[path][method].as_strategy())
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case):
        case.call_and_validate()

    ask()

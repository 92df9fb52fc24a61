"""Where desks are kept in tests.

Say what was left out; where everything is required (`TIDENDE_REQUIRE=all`), leaving out is failing."""

import os

# Side by side tests keep the machine busy: a network that computes on all its cores in each only waits.
if "PYTEST_XDIST_WORKER" in os.environ:
    for _threads in ("TIDENDE_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(_threads, "1")

import pytest
from hypothesis import settings

import servers

# How long an example takes tells of the machine and of what else runs on it.
settings.register_profile("tidende", deadline=None)
settings.load_profile("tidende")


def _spot(request, tmp_path_factory):
    """Give a function that names a place for a desk which is not there yet, as a string."""
    if request.param == "sqlite":
        return lambda: str(tmp_path_factory.mktemp("desk") / "desk.db")
    return servers.server(request.param).fresh


spot = pytest.fixture(_spot, scope="session", params=["sqlite", *servers.here()[:1]], name="spot")
every_spot = pytest.fixture(_spot, scope="session", params=["sqlite", *servers.here()], name="every_spot")


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"left out: {report.nodeid}: {reason}")
    if not skipped:
        terminalreporter.write_line("left out: nothing")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    required = os.environ.get("TIDENDE_REQUIRE") == "all"
    if required and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = 1

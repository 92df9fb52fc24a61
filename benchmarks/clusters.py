"""Dask clusters on this machine, for benchmarks and tests, and ways to break them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PATIENCE = 120.0  # seconds for a scheduler to say where it is


@contextmanager
def local(workers: int, *, path: Sequence[str] = sys.path, **config: Any) -> Iterator[Any]:
    """Give a cluster of worker processes with one thread each, which come back when they are killed.

    `path` is where their Python looks for modules; `config` are settings of Dask (`scheduler__x=1`).
    """
    import dask
    from dask.distributed import LocalCluster

    # else a worker that is not back after 15 seconds is given up for good: a busy machine takes longer
    config = {"deploy__lost_worker_timeout": "10 minutes", **config}
    with (
        dask.config.set(**{f"distributed__{name}": value for name, value in config.items()}),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            silence_logs=50,
            env={"PYTHONPATH": os.pathsep.join(filter(None, path))},
        ) as cluster,
    ):
        yield cluster


class Machines:
    """A scheduler and workers as the commands start them, each a process that can be killed.

    `folder` takes their logs. They end with the `with`.
    """

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self._told = folder / "scheduler.json"
        self._workers: list[subprocess.Popen[bytes]] = []
        self._scheduler: subprocess.Popen[bytes] | None = None
        self._wanted = workers

    def __enter__(self) -> Machines:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def address(self) -> str:
        """Give where the scheduler is; wait for it."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._told.exists():
                try:
                    return str(json.loads(self._told.read_text(encoding="utf-8"))["address"])
                except ValueError:
                    pass  # not written whole
            time.sleep(0.05)
        raise TimeoutError("no scheduler started")

    def start(self) -> None:
        """Start a scheduler, and workers of it."""
        self._told.unlink(missing_ok=True)
        self._scheduler = self._run("scheduler", "--port", "0", "--host", "127.0.0.1")
        self._workers = [self._worker() for _ in range(self._wanted)]

    def stop(self) -> None:
        """Kill them all."""
        for process in (*self._workers, *filter(None, [self._scheduler])):
            process.kill()
            process.wait()
        self._workers, self._scheduler = [], None

    def kill_scheduler(self) -> None:
        """Kill the scheduler, and nothing else."""
        assert self._scheduler is not None
        self._scheduler.kill()
        self._scheduler.wait()

    def replace_worker(self, number: int) -> None:
        """Kill a worker, and start another in its place."""
        if self._workers:
            self._workers[number % self._wanted].kill()
            self._workers[number % self._wanted].wait()
            self._workers[number % self._wanted] = self._worker()

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._run("worker", "--no-nanny", "--nthreads", "1", "--local-directory", str(self._folder))

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        options = ("--scheduler-file", str(self._told), "--no-dashboard")
        with (self._folder / f"{command[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *command, *options],
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )

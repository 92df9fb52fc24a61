"""Reach a cluster by its address, and keep its chatter off the terminal."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tidende.errors import ClusterError, MissingExtra, UsageError

if TYPE_CHECKING:
    from dask.distributed import Client

_PATIENCE = 15.0  # seconds to find a scheduler
_CLOSING = 5.0  # seconds to say farewell
_LOGGERS = ("distributed", "distributed.client")  # Dask gives the second a level of its own


@contextmanager
def connected(address: str, *, patience: float = _PATIENCE) -> Iterator[Client]:
    """Give a client of the scheduler at an address (`tcp://host:8786`) for as long as the block runs.

    Raise `ClusterError` where no scheduler answers within `patience` seconds, `UsageError` for what is no
    address, `MissingExtra` where Dask is not installed.
    """
    try:
        from dask.distributed import Client
    except ImportError as error:
        raise MissingExtra("a cluster", "scale") from error
    with _quiet(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="distributed")
        try:
            client = Client(address, timeout=patience, set_as_default=False)
        except ValueError as error:
            raise UsageError(f"no address of a cluster: {address}") from error
        except (OSError, TimeoutError) as error:
            raise ClusterError(address, "no scheduler answers") from error
        try:
            yield client
        finally:
            with suppress(Exception):  # it may be gone already
                client.close(timeout=_CLOSING)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask logs to itself: what goes wrong is told as an error of ours, once."""
    before = [(logger, logger.level) for logger in map(logging.getLogger, _LOGGERS)]
    for logger, _ in before:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in before:
            logger.setLevel(level)

"""The page and the API: stories of a desk in a browser, and as JSON."""

from tidende.web.app import create_app

__all__ = ["create_app"]

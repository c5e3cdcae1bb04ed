"""How a command fails: one sentence on standard error and exit status 1, never a traceback for what was foreseen."""

import functools
import sys
from collections.abc import Callable

import click

from redress.errors import RedressError


def failing[**P, T](command: Callable[P, T]) -> Callable[P, T]:
    """Turn our own errors into a sentence and an exit status."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except RedressError as error:
            click.echo(error.message, err=True)
            sys.exit(1)
        except Exception as error:
            from sqlalchemy.exc import DBAPIError  # here, for most commands need no database

            if not isinstance(error, DBAPIError):
                raise
            click.echo(f"The database cannot be used: {error.orig}. `redress migrate` brings it up to date.", err=True)
            sys.exit(1)

    return wrapped

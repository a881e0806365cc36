"""Imported once by the process from which the tests fork theirs: the program, ready to run."""

import gc

import granian.server.embed

from daftari import app
from daftari.cli import serve, verify, worker
from daftari.web.templates import compile_ahead

LOADED = (granian.server.embed, app, serve, verify, worker)

list(compile_ahead())
gc.collect()
gc.freeze()

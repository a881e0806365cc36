"""The speeds and sizes we promise, measured: `make bench`."""

"""The work of an export: prepared in the worker, done in a child process."""

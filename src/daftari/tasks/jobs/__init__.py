"""The runner of tasks, which the worker runs."""

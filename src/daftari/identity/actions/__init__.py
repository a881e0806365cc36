"""The verbs of people and shops. One module a noun; other rooms import from the module."""

"""Actions on people and shops, one module per noun; other packages import from the module."""

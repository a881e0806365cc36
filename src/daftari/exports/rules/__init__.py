"""Rules of the export."""

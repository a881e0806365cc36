"""Offline use: the app manifest, the service worker, the snapshot, and sync from phones."""

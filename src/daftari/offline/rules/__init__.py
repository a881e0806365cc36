"""Rules of offline use: manifest, service worker, verdicts and clocks. Pure functions."""

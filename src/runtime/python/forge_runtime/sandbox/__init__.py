"""Runs one job of untrusted code: contained where Linux namespaces allow it, measured and bounded everywhere."""

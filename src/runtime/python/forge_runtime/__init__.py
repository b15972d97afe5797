"""The Python half of MLE Forge: it measures and runs; TypeScript judges."""

"""What readers and machines get: one model, one renderer per format."""

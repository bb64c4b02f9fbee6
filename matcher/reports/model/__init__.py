"""What a reader sees, as data, in one language and for one audience."""

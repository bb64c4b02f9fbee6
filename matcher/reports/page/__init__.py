"""The page to read in a browser."""

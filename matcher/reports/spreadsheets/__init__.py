"""Workbooks: the team's, and the empty tenant list."""

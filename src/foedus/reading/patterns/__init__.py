"""The patterns of claims, apart from what is done with them: long lines, and nothing but patterns."""

"""The `pickup` command."""

"""The vocabulary of Pickup: what a campaign, a page, an article, a quote and a match are.

A leaf package: it imports no sibling, so every other package can speak these words.
"""

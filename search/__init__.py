"""The index behind one contract, and the questions that are put to it."""

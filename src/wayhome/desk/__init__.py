"""The pages that cross modules: today, the duty board, finding a child, the child overview, the glossary."""

"""The board pack: a plan, its summary, its charts and what is asked for, as one PDF and one Word document."""

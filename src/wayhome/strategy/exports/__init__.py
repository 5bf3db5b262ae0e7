"""A plan back into the shape it came in: Word, Excel, CSV, and a PDF to print."""

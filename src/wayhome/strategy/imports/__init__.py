"""Takes in plans as partnerships keep them: Word, Excel, CSV and pasted text. Pure: no framework, no database."""

"""Languages as data: one folder of word lists each, and the means to tell which one a text is in."""

"""Make the model of `tidende.parse` from treebanks and corpora of names; the package never imports this."""

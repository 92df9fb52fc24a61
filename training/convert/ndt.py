"""Convert the Norwegian Dependency Treebank (bokmål and nynorsk) to Universal Dependencies by rule.

The rules follow Øvrelid and Hohle, "Universal Dependencies for Norwegian" (LREC 2016), and the UD Norwegian
documentation; they were checked against the UD dev sets only.
"""

from __future__ import annotations

from training.conllu import Tree
from training.convert.graph import Graph
from training.convert.punct import attach_punctuation
from training.convert.words import words

_POS = {
    "subst": "NOUN",
    "adj": "ADJ",
    "verb": "VERB",
    "prep": "ADP",
    "adv": "ADV",
    "det": "DET",
    "pron": "PRON",
    "konj": "CCONJ",
    "sbu": "SCONJ",
    "inf-merke": "PART",
    "interj": "INTJ",
    "symb": "SYM",
    "ukjent": "X",
}
_PUNCTUATION = {"clb", "<komma>", "<strek>", "<anf>", "<parentes-beg>", "<parentes-slutt>"}
_SIMPLE = {
    "ub": ("Definite", "Ind"),
    "be": ("Definite", "Def"),
    "bu": ("Definite", "Def"),
    "ent": ("Number", "Sing"),
    "eint": ("Number", "Sing"),
    "fl": ("Number", "Plur"),
    "gen": ("Case", "Gen"),
    "nom": ("Case", "Nom"),
    "akk": ("Case", "Acc"),
    "pos": ("Degree", "Pos"),
    "komp": ("Degree", "Cmp"),
    "sup": ("Degree", "Sup"),
    "hum": ("Animacy", "Hum"),
    "fork": ("Abbr", "Yes"),
    "1": ("Person", "1"),
    "2": ("Person", "2"),
    "3": ("Person", "3"),
    "poss": ("Poss", "Yes"),
    "høflig": ("Polite", "Form"),
}
_VERB = {
    "pres": {"Mood": "Ind", "Tense": "Pres", "VerbForm": "Fin"},
    "pret": {"Mood": "Ind", "Tense": "Past", "VerbForm": "Fin"},
    "inf": {"VerbForm": "Inf"},
    "perf-part": {"VerbForm": "Part"},
    "imp": {"Mood": "Imp", "VerbForm": "Fin"},
}
_FIXED = {
    "@case": "case",
    "@cop": "cop",
    "@said": "ccomp",
    "FSUBJ": "expl",
    "FOBJ": "expl",
    "FOPRED": "xcomp",
    "FSPRED": "xcomp",
    "SPRED": "xcomp",
    "OPRED": "xcomp",
    "IOBJ": "iobj",
    "KOORD": "conj",
    "KOORD-ELL": "conj",
    "KONJ": "cc",
    "SBU": "mark",
    "INTERJ": "discourse",
    "PAR": "parataxis",
    "FRAG": "parataxis",
}
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"}


def convert(tree: Tree, language: str = "nb") -> Tree:
    """Convert one sentence of NDT, read by `sources.read_ndt`, to UD; `language` is nb or nn.

    The two UD releases differ in one thing that is kept (bokmål has the lemma "den" for "det") and in one
    that is not: nynorsk UD lacks Number=Sing and Definite=Def, by oversight; here both have them.
    """
    graph = Graph(tree)
    lists = words("ndt")
    for word in graph.ids():
        _tag(graph, word, lists)
        if language == "nb" and graph.lemma[word] in lists["neuter"]:
            graph.lemma[word] = min(lists["common"])
    _turn_heads(graph, lists)
    graph.mend()
    for word in graph.ids():
        graph.rel[word] = _label(graph, word, lists)
    _relabel(graph, lists)
    attach_punctuation(graph)
    return graph.result()


# -- tags ---------------------------------------------------------------------------------------------------


def _tag(graph: Graph, word: int, lists: dict[str, frozenset[str]]) -> None:
    tag, marks, lemma = graph.tag[word], graph.marks[word], graph.lemma[word].lower()
    if tag in _PUNCTUATION:
        graph.upos[word] = "PUNCT"
        return
    upos = _POS.get(tag, "X")
    if tag == "subst" and "prop" in marks:
        upos = "PROPN"
    elif tag == "det" and "poss" in marks:
        upos = "PRON"
    elif tag == "adv" and lemma in lists["negation"]:
        upos = "PART"
    elif tag == "prep" and lemma in lists["deictic"]:
        upos = "ADV"
    elif tag == "prep" and not any(graph.native[child] == "PUTFYLL" for child in graph.children(word)):
        stranded = graph.native[word] == "PUTFYLL"
        upos = "ADP" if stranded else "ADV"
    graph.upos[word] = upos
    feats = graph.feats[word]
    for mark in marks:
        if mark in _SIMPLE:
            name, value = _SIMPLE[mark]
            feats[name] = value
    _gender(marks, feats)
    if tag == "verb":
        _verb(marks, feats)
    elif tag == "adj" and marks & {"<perf-part>", "<pres-part>"}:
        feats["VerbForm"] = "Part"
    elif tag == "ukjent":
        feats["Foreign"] = "Yes"
    elif tag == "adv" and upos == "PART":
        feats["Polarity"] = "Neg"
    if marks & {"<ordenstall>", "<ordenstal>"}:
        feats["NumType"] = "Ord"
    if tag in {"det", "pron"}:
        _pronominal(graph, word, lists)


def _gender(marks: frozenset[str], feats: dict[str, str]) -> None:
    if "mask" in marks and "fem" in marks:
        feats["Gender"] = "Fem,Masc"
        return
    for mark, gender in (("mask", "Masc"), ("fem", "Fem"), ("nøyt", "Neut"), ("m/f", "Com")):
        if mark in marks:
            feats["Gender"] = gender


def _verb(marks: frozenset[str], feats: dict[str, str]) -> None:
    for mark, values in _VERB.items():
        if mark in marks:
            feats.update(values)
    if "pass" in marks:
        feats["Voice"] = "Pass"


def _pronominal(graph: Graph, word: int, lists: dict[str, frozenset[str]]) -> None:
    tag, marks, lemma = graph.tag[word], graph.marks[word], graph.lemma[word].lower()
    feats = graph.feats[word]
    kind = "Prs"
    if "sp" in marks:
        kind = "Int"
    elif "res" in marks:
        kind = "Rcp"
    elif "refl" in marks:
        feats["Reflex"] = "Yes"
    elif tag == "pron":
        if "hum" in marks and lemma in lists["impersonal"]:
            kind = "Art,Prs"
        elif lemma in lists["plain"]:
            kind = ""
        elif lemma in lists["total_pronoun"]:
            kind = "Prs,Tot"
        elif lemma in lists["indefinite_pronoun"]:
            kind = "Ind,Prs"
    elif "poss" in marks:
        kind = "Prs"
    elif "kvant" in marks:
        if lemma in lists["article"]:
            kind = "Art"
        elif lemma in lists["total"]:
            kind = "Tot"
        elif lemma in lists["indefinite"]:
            kind = "Ind"
        elif lemma in lists["none"]:
            kind = ""
            feats["Polarity"] = "Neg"
        else:
            kind = ""
            graph.upos[word] = "NUM"
            feats["NumType"] = "Card"
    elif "dem" in marks:
        kind = "Art" if lemma in lists["article"] else "Dem"
    if kind:
        feats["PronType"] = kind


# -- heads --------------------------------------------------------------------------------------------------


def _turn_heads(graph: Graph, lists: dict[str, frozenset[str]]) -> None:
    _turn_appositions(graph)
    for word in graph.ids():
        if graph.tag[word] == "inf-merke":
            _lift_first(graph, word, {"INFV"})
    for word in graph.ids():
        if graph.tag[word] == "verb":
            _lift_first(graph, word, {"INFV"})
    for word in graph.ids():
        if graph.tag[word] == "verb" and graph.lemma[word] in lists["copula"]:
            _lift_first(graph, word, {"SPRED"})
    for word in graph.ids():
        if graph.lemma[word].lower() in lists["deictic"]:
            for child in graph.children(word):
                if graph.native[child] == "PUTFYLL":
                    graph.native[child] = "ATR"
        elif graph.tag[word] in {"prep", "sbu", "konj"}:
            _lift_first(graph, word, {"PUTFYLL"})
    _turn_reports(graph)
    for word in graph.ids():
        det = graph.head[word]
        if graph.native[word] == "ADV" and graph.upos[det] == "DET" and graph.native[det] == "DET":
            graph.head[word] = graph.head[det]  # a determiner governs nothing: "en helt annen sak"


def _lift_first(graph: Graph, function: int, labels: set[str]) -> None:
    for child in graph.children(function):
        if graph.native[child] in labels:
            graph.lift(function, child)
            graph.native[function] = {"INFV": "@aux", "SPRED": "@cop", "PUTFYLL": "@case"}[min(labels)]
            return


def _turn_appositions(graph: Graph) -> None:
    """Let the first of two names of one thing be the head; "statsminister Per Borten" is flat."""
    for word in graph.ids():
        head = graph.head[word]
        if graph.native[word] != "APP" or word > head:
            continue
        if graph.tag[head] == "adv" and graph.tag[word] in {"verb", "inf-merke", "prep"}:
            graph.head[word] = graph.head[head]  # "har du urter, så dryss dem på"
            graph.native[word] = "ADV"
            continue
        inside = [child for child in graph.children(head) if word < child and graph.native[child] != "APP"]
        direct = not any(graph.upos[between] == "PUNCT" for between in range(word + 1, head))
        title = graph.feats[word].get("Definite") != "Def" and not any(
            graph.tag[child] == "det" for child in graph.children(word)
        )
        flat = direct and title and graph.upos[head] in {"PROPN", "X"}
        if flat:
            inside = [child for child in inside if graph.native[child] not in {"FLAT", "IK"}]
        graph.lift(head, word, stay=inside)
        graph.native[head] = "FLAT" if flat else "APP"


def _turn_reports(graph: Graph) -> None:
    """Let the verb of "..., sa hun" govern what was said."""
    for word in graph.ids():
        head = graph.head[word]
        if graph.native[word] != "PAR" or graph.upos[word] != "VERB" or word < head:
            continue
        if graph.feats[word].get("VerbForm") != "Fin":
            continue
        if any(graph.native[child] in {"SUBJ", "FSUBJ"} and child > word for child in graph.children(word)):
            stay = [child for child in graph.children(head) if graph.native[child] not in {"IP"}]
            graph.lift(head, word, stay=stay)
            graph.native[head] = "@said"


# -- labels -------------------------------------------------------------------------------------------------


def _clausal(graph: Graph, word: int) -> bool:
    if graph.upos[word] in {"VERB", "AUX"}:
        return True
    return any(
        graph.native[child] in {"@cop", "@aux", "SUBJ", "FSUBJ", "SBU"} for child in graph.children(word)
    )


def _label(graph: Graph, word: int, lists: dict[str, frozenset[str]]) -> str:
    native, upos = graph.native[word], graph.upos[word]
    if graph.head[word] == 0:
        return "root"
    if upos == "PUNCT":
        return "punct"
    fixed = _FIXED.get(native)
    if fixed:
        return fixed
    if native == "@aux":
        if graph.tag[word] == "inf-merke":
            return "mark"
        if graph.lemma[word] in lists["copula"]:
            return "cop"
        return "aux:pass" if graph.lemma[word] in lists["passive"] else "aux"
    if native in {"SUBJ", "PSUBJ"}:
        if _clausal(graph, word):
            return "csubj"
        return "nsubj:outer" if _inner_subject(graph, word) else "nsubj"
    if native in {"DOBJ", "POBJ"}:
        return _object(graph, word)
    if native == "FLAT":
        if upos == "X":
            return "flat:foreign"
        return "compound" if word < graph.head[word] else "flat:name"
    if native == "DET":
        return _determiner(graph, word)
    if native == "ATR":
        return _attribute(graph, word)
    if native == "ADV":
        return _adverbial(graph, word)
    if native == "APP":
        return "acl" if upos == "VERB" else "appos"
    if native in {"IK", "IP"}:
        return "nummod" if upos == "NUM" else "punct"
    return "parataxis" if _clausal(graph, word) else "dep"


def _object(graph: Graph, word: int) -> str:
    form = graph.feats[word].get("VerbForm")
    if graph.upos[word] == "VERB":
        return "ccomp" if form == "Fin" else "xcomp"
    if _clausal(graph, word):
        return "xcomp" if form else "ccomp"
    return "obj"


def _inner_subject(graph: Graph, word: int) -> bool:
    """Say whether a subject further right is nearer to the predicate: "årsaken er at motsetningene tæret"."""
    head = graph.head[word]
    later = [
        child for child in graph.children(head) if child > word and graph.native[child] in {"SUBJ", "FSUBJ"}
    ]
    return bool(later) and any(graph.native[child] == "@cop" for child in graph.children(head))


def _determiner(graph: Graph, word: int) -> str:
    upos = graph.upos[word]
    if upos == "NUM":
        return "nummod"
    if upos == "PRON":
        return "nmod:poss" if "Poss" in graph.feats[word] else "det"
    if upos == "PROPN":
        return "nmod" if graph.feats[word].get("Case") == "Gen" else "nmod:poss"
    if upos == "NOUN":
        return "nmod"
    return "amod" if upos == "ADJ" else "det"


def _attribute(graph: Graph, word: int) -> str:
    upos = graph.upos[word]
    kin = graph.children(word)
    cased = any(graph.native[child] == "@case" for child in kin)
    if upos in {"VERB", "AUX"}:
        marked = any(
            graph.tag[child] == "inf-merke" or (cased and graph.native[child] == "SBU") for child in kin
        )
        return "acl" if marked else "acl:relcl"
    if upos == "ADJ":
        if graph.feats[word].get("VerbForm") and _clausal(graph, word):
            return "acl:relcl"
        if _clausal(graph, word):
            return "acl" if cased and any(graph.native[child] == "SBU" for child in kin) else "acl:relcl"
        return "amod"
    if upos == "ADV":
        return "nmod" if graph.tag[word] == "prep" and _stranded(graph, word) else "advmod"
    return "nmod"


def _adverbial(graph: Graph, word: int) -> str:
    upos = graph.upos[word]
    if upos in {"VERB", "AUX"}:
        return "advcl"
    if upos == "ADJ":
        return "advcl" if _clausal(graph, word) else "advmod"
    return "obl" if upos in _NOMINAL | {"DET"} else "advmod"


def _stranded(graph: Graph, word: int) -> bool:
    """Say whether a preposition has lost its noun to the front of a relative clause."""
    head = graph.head[word]
    return graph.native[head] in {"ATR", "KOORD"} and any(
        graph.native[child] in {"SUBJ", "SBU"} for child in graph.children(head)
    )


def _relabel(graph: Graph, lists: dict[str, frozenset[str]]) -> None:
    for word in graph.ids():
        if graph.rel[word] in {"aux", "aux:pass", "cop"} and (
            graph.lemma[word].lower() in lists["auxiliary"] or graph.rel[word] == "cop"
        ):
            graph.upos[word] = "AUX"
    for word in graph.ids():
        if graph.rel[word] in {"nsubj", "csubj"} and _passive(graph, graph.head[word]):
            graph.rel[word] += ":pass"


def _passive(graph: Graph, head: int) -> bool:
    if graph.upos[head] in {"VERB", "ADJ"} and graph.feats[head].get("Voice") == "Pass":
        return True
    return any(graph.rel[child] == "aux:pass" for child in graph.children(head))

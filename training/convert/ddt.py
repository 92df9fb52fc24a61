"""Convert the Danish Dependency Treebank to Universal Dependencies by rule.

In DDT prepositions, determiners, numerals, genitives, auxiliaries and subjunctions are heads; here they are
lifted over the words they govern. The rules follow Johannsen, Martínez Alonso and Plank, "Universal
Dependencies for Danish" (TLT 2015); they were checked against the UD dev set only.
"""

from __future__ import annotations

from training.conllu import Tree
from training.convert.graph import Graph
from training.convert.parole import decode
from training.convert.punct import attach_punctuation
from training.convert.words import words

_CASE, _DET, _AUX, _COP, _MARK, _POSS, _CC = "@case", "@det", "@aux", "@cop", "@mark", "@poss", "@cc"
_UNIMORPH = {"PRO": "PRON", "DET": "DET", "ADP": "ADP", "N": "NOUN", "ADJ": "ADJ", "ADV": "ADV", "NUM": "NUM"}
_FEATURES = {
    "SG": ("Number", "Sing"),
    "PL": ("Number", "Plur"),
    "NEUT": ("Gender", "Neut"),
    "MASC+FEM": ("Gender", "Com"),
    "INDF": ("Definite", "Ind"),
    "DEF": ("Definite", "Def"),
    "GEN": ("Case", "Gen"),
}
_COUNT, _ASKED, _LOOSE = "@count", "@asked", "@loose"
_PARTS = {"mwe", "namef", "namel", "@name", _COUNT}  # of one word, name or measure: they stay where they are
_MARKED = {_DET, _COUNT}
_NOUNS = {"NOUN", "PROPN", "PRON", "NUM", "X", "SYM"}
_PLAIN = {
    _AUX: "aux",
    _COP: "cop",
    _MARK: "mark",
    _CC: "cc",
    "iobj": "iobj",
    "conj": "conj",
    "coord": "cc",
    "expl": "expl",
    "part": "compound:prt",
    "mwe": "fixed",
    "@name": "flat",
    "name": "flat",
    "namel": "flat",
    "namef": "flat",
    "list": "list",
    "voc": "vocative",
    "title": "nmod",
    "neg": "advmod",
    "possr": "nmod:poss",
    "tobj": "obl:tmod",
    "appr": "appos",
    "rel": "acl:relcl",
    "qobj": "ccomp",
    "xtop": "parataxis",
    "discmark": "discourse",
    "numm": "nummod",
    _LOOSE: "dep",
}


def convert(tree: Tree, *, quirks: bool = False) -> Tree:
    """Convert one sentence of DDT, read by `sources.read_ddt`, to UD.

    With `quirks` the regular oddities of UD Danish are imitated: a conjunction between two noun phrases that
    have determiners hangs on the first as `dep`, and quoted speech that opens with a conjunction governs its
    verb of saying.
    """
    graph = Graph(tree)
    lists = words("ddt")
    source = list(graph.head)
    if quirks:
        _turn_quotations(graph)
    for word in graph.ids():
        graph.upos[word], graph.feats[word] = decode(graph.tag[word], graph.form[word])
    _turn_heads(graph, lists)
    if quirks:
        _hang_conjunctions(graph, source)
    graph.mend()
    _refine_tags(graph, lists)
    for word in graph.ids():
        graph.rel[word] = _label(graph, word, lists)
    attach_punctuation(graph)
    return graph.result()


# -- heads --------------------------------------------------------------------------------------------------


def _turn_heads(graph: Graph, lists: dict[str, frozenset[str]]) -> None:
    _turn_names(graph)
    for word in graph.ids():
        if graph.tag[word].startswith("V") and graph.lemma[word] in lists["auxiliary"]:
            _lift(graph, word, {"vobj"}, _AUX)
    for word in graph.ids():
        if graph.tag[word].startswith("V") and graph.lemma[word] in lists["copula"]:
            _turn_copula(graph, word)
    for word in graph.ids():
        if graph.tag[word].startswith(("CS", "U")):
            _lift(graph, word, {"vobj"}, _MARK)
    for word in graph.ids():
        if graph.lower[word] in lists["interrogative"] and _lift(graph, word, {"rel"}, _ASKED):
            graph.native[word] = "dobj" if graph.tag[word].startswith("P") else "mod"
    for word in graph.ids():
        if graph.tag[word].startswith("CC"):
            _lift(graph, word, {"conj"}, _CC)
    for word in graph.ids():
        if graph.tag[word].startswith(("SP", "U", "CS")):
            _lift(graph, word, {"nobj", "avobj"}, _CASE)
    for word in graph.ids():
        tag = graph.tag[word]
        _turn_measure(graph, word)
        _lift(graph, word, {"possd"}, _POSS)
        if tag.startswith("PO"):
            _lift(graph, word, {"nobj"}, _POSS)
        elif (
            tag.startswith(("PI", "PD", "PT", "AC", "AN", "AO"))
            and not tag.endswith("R")
            and not _lift(graph, word, {"nobj"}, _DET)
            and tag.startswith(("PI", "PD"))
        ):
            _turn_headless(graph, word)
    for word in graph.ids():
        leaf = graph.head[word]
        if leaf and graph.tag[leaf].startswith("CC") and graph.native[word] != "mwe" and graph.head[leaf]:
            later = graph.head[leaf]  # conjunctions govern nothing; "både" belongs to the first conjunct
            first = graph.head[later] if graph.native[later] == "conj" else later
            graph.head[word] = first if word < first else later


def _lift(graph: Graph, function: int, labels: set[str], role: str) -> bool:
    for child in graph.children(function):
        if graph.native[child] not in labels:
            continue
        if role == _DET and not _can_be_headed(graph, child):
            return False
        stay = [other for other in graph.children(function) if graph.native[other] in _PARTS]
        graph.lift(function, child, stay=stay)
        graph.native[function] = role
        return True
    return False


def _turn_measure(graph: Graph, word: int) -> None:
    """Let the genitive of "tre måneders orlov" own the leave, and the numeral count the months only."""
    kin = graph.children(word)
    owned = [child for child in kin if graph.native[child] == "possd"]
    counted = [child for child in kin if graph.native[child] == "nobj"]
    if owned and counted and graph.tag[word].startswith(("AC", "AN", "PI")):
        unit = counted[0]
        graph.lift(word, unit, stay=[child for child in kin if graph.native[child] in _PARTS])
        graph.native[word] = _COUNT


def _turn_copula(graph: Graph, word: int) -> None:
    """Lift a noun or adjective over its copula; "er på ferie" and "er overraskende" keep their verb."""
    for child in graph.children(word):
        if graph.native[child] == "preds" and not graph.tag[child].startswith(("SP", "V", "U", "CS")):
            graph.lift(word, child)
            graph.native[word] = _COP
            return


def _turn_headless(graph: Graph, word: int) -> None:
    """Let the adjective of "den nuværende" stand for the noun that is missing."""
    for child in graph.children(word):
        if graph.native[child] == "attr" and child > word and graph.upos[child] == "ADJ":
            graph.lift(word, child)
            graph.native[word] = _DET
            return


def _can_be_headed(graph: Graph, word: int) -> bool:
    kin = [graph.native[child] for child in graph.children(word)]
    if graph.upos[word] in {"PRON", "DET"}:
        return "nobj" in kin
    return _MARK not in kin and graph.upos[word] not in {"VERB", "SCONJ"}


def _turn_names(graph: Graph) -> None:
    """Let the first part of a name be its head."""
    for word in graph.ids():
        head = graph.head[word]
        if graph.native[word] == "namef" and word < head:
            graph.lift(head, word)
            graph.native[head] = "@name"


# -- oddities of UD Danish ----------------------------------------------------------------------------------


def _turn_quotations(graph: Graph) -> None:
    """Let a quotation that opens with a conjunction govern its verb of saying, which becomes a conjunct."""
    for word in graph.ids():
        saying = graph.head[word]
        if graph.native[word] == "qobj" and graph.tag[word].startswith("CC") and saying:
            graph.head[word], graph.native[word] = graph.head[saying], graph.native[saying]
            graph.head[saying], graph.native[saying] = word, "conj"


def _hang_conjunctions(graph: Graph, source: list[int]) -> None:
    """Hang "og" of "en bil og et hus" on the first noun, and that of "i byen og på landet" on its "i"."""
    for word in graph.ids():
        later = source[word]
        if graph.origin[word] != "coord" or graph.origin[later] != "conj":
            continue
        first = source[later]
        if graph.tag[later].startswith("SP") and graph.tag[first].startswith("SP"):
            graph.head[word] = first
        elif graph.native[first] in _MARKED and graph.head[word]:
            graph.head[word] = graph.head[graph.head[word]]
            graph.native[word] = _LOOSE


# -- tags ---------------------------------------------------------------------------------------------------


def _refine_tags(graph: Graph, lists: dict[str, frozenset[str]]) -> None:
    """Set what PAROLE does not tell: auxiliaries by the tree, the rest by UniMorph tags."""
    for word in graph.ids():
        native, tag, marks = graph.native[word], graph.tag[word], graph.marks[word]
        if native in {_AUX, _COP}:
            graph.upos[word] = "AUX"
        elif tag.startswith("V"):
            continue
        elif tag.startswith("U") and graph.lower[word] in lists["infinitive"]:
            graph.upos[word] = "PART"
        elif tag.startswith("U") and "ADV" in marks:
            graph.upos[word] = "PRON"
            graph.feats[word] = {}
        elif marks & set(_UNIMORPH) and tag.startswith(("P", "RG", "U", "XX", "AN", "AC", "CS", "SP")):
            graph.upos[word] = _UNIMORPH[min(marks & set(_UNIMORPH))]
            if tag.startswith(("RG", "XX")):
                graph.feats[word] = {
                    name: value for mark in marks for name, value in [_FEATURES.get(mark, ("", ""))] if name
                }
                if graph.upos[word] == "ADP":
                    graph.feats[word]["AdpType"] = "Prep"
        elif tag.startswith(("PI", "PD")):
            graph.upos[word] = "DET" if native == _DET else "PRON"
        elif tag.startswith("U"):
            graph.upos[word] = "ADP" if native == _CASE else "PRON"


# -- labels -------------------------------------------------------------------------------------------------


def _clausal(graph: Graph, word: int) -> bool:
    if graph.upos[word] in {"VERB", "AUX"}:
        return True
    return any(graph.native[child] in {_COP, _AUX, "subj", _MARK} for child in graph.children(word))


def _bare(graph: Graph, word: int, kin: list[str]) -> bool:
    """Say whether a clause has neither subject nor subjunction."""
    return graph.feats[word].get("VerbForm") != "Fin" and not _has_clause(kin)


def _has_clause(kin: list[str]) -> bool:
    """Say whether the labels of a word's dependents make it a clause."""
    return bool({"subj", "expl", _MARK, _AUX, _COP} & set(kin))


def _label(graph: Graph, word: int, lists: dict[str, frozenset[str]]) -> str:
    native, upos, head = graph.native[word], graph.upos[word], graph.head[word]
    if head == 0:
        return "root"
    if upos == "PUNCT":
        return "punct"
    if native in _PLAIN:
        return _PLAIN[native]
    if native == _CASE:
        inner = [graph.native[child] for child in graph.children(head)]
        return "mark" if graph.upos[head] == "VERB" or _MARK in inner else "case"
    if native == _POSS:
        return "det" if upos in {"DET", "PRON"} else "nmod:poss"
    if native in {_DET, _COUNT}:
        return {"NUM": "nummod", "ADJ": "amod", "NOUN": "nmod", "PROPN": "nmod"}.get(upos, "det")
    clausal = _clausal(graph, word)
    kin = [graph.native[child] for child in graph.children(word)]
    if native in {"subj", "<subj>"}:
        return "nsubj"
    if native in {"dobj", "<dobj>"}:
        if not clausal or (_MARK in kin and not {_AUX, _COP} & set(kin)):
            return "obj"
        return "ccomp"
    if native == "vobj":
        return "xcomp" if _bare(graph, word, kin) else "advcl"
    if native == "cond" and clausal and _MARK not in kin:
        return "ccomp"
    if native in {"preds", "predo"}:
        if _CASE in kin:
            return "obl"
        return "compound:prt" if upos == "ADV" else "xcomp"
    nominal = graph.upos[head] in _NOUNS
    if upos == "VERB" or clausal:
        if nominal and graph.feats[word].get("VerbForm") == "Part" and not _has_clause(kin):
            return "amod"
        if _CASE in kin or not nominal or graph.upos[head] == "ADJ":
            return "advcl"
        return "acl:relcl"
    if native == "appa":
        return "appos" if upos == "PROPN" else "nmod"
    if native == "nobj" and upos == "PROPN" and graph.upos[head] == "PROPN":
        return "flat"
    if upos in _NOUNS or _CASE in kin:
        return "nmod" if nominal else "obl"
    if upos == "ADJ":
        return "amod"
    if native.startswith("@dir") or native.startswith("@loc") or native == "lobj":
        return "advmod:lmod"
    if upos == "ADP":
        return "advmod" if "mwe" in kin else "case"
    if upos == "INTJ":
        return "discourse"
    if upos == "DET":
        return "det"
    if upos == "SCONJ":
        return "mark"
    return "advmod" if upos in {"ADV", "PART"} else "dep"

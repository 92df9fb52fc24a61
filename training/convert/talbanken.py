"""Convert Swedish Talbanken from Universal Dependencies version 1 to version 2 by rule.

The renamings are those of the UD guidelines (universaldependencies.org/v2/summary.html); the rest follows how
the treebank itself changed, checked against the UD version 2 dev set only.
"""

from __future__ import annotations

from training.conllu import Tree, features
from training.convert.graph import Graph
from training.convert.words import words

_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "name": "flat:name",
    "neg": "advmod",
    "nmod:agent": "obl:agent",
    "mwe": "fixed",
    "foreign": "flat:foreign",
    "remnant": "orphan",
}
_PREDICATES = {"VERB", "ADJ", "ADV", "AUX"}
_JOINED = {"dobj", "nsubj", "amod", "xcomp", "nmod", "advcl", "ccomp", "nmod:poss", "acl:relcl"}
_CLAUSES = {"advcl", "acl", "acl:relcl", "ccomp", "xcomp"}


def convert(tree: Tree) -> Tree:
    """Convert one sentence of Talbanken, read by `sources.read_talbanken`, to UD version 2."""
    graph = Graph(tree)
    lists = words("talbanken")
    for word, old in zip(graph.ids(), tree.words, strict=True):
        graph.feats[word] = features(old.feats)
    _turn_multiword(graph)
    _turn_auxiliaries(graph, lists)
    _turn_copulas(graph, lists)
    _join_conjuncts(graph)
    _turn_coordination(graph)
    _free_leaves(graph)
    graph.mend()
    for word in graph.ids():
        _tag(graph, word, lists)
    for word in graph.ids():
        graph.rel[word] = _label(graph, word, lists)
    _turn_punctuation(graph)
    return graph.result()


def _kind(graph: Graph, word: int) -> str:
    return graph.tag[word].split("|")[0]


def _turn_multiword(graph: Graph) -> None:
    """Take apart what version 1 froze: "i stället" is a phrase, "samtidigt som" two words of a clause."""
    for word in graph.ids():
        parts = [child for child in graph.children(word) if graph.native[child] == "mwe" and child > word]
        if not parts:
            continue
        last = parts[-1]
        if _complex_preposition(graph, word, parts):
            continue
        if _kind(graph, word) == "PP" and _kind(graph, last) not in {"PP", "KN", "SN", "VB", "HA"}:
            role = graph.native[word]
            graph.lift(word, last, stay=[])
            graph.native[word] = "case"
            graph.native[last] = "nmod" if role in {"advmod", "case", "mark", "cc", "det"} else role
            for part in parts[:-1]:
                graph.head[part] = last
                graph.native[part] = {"ADJ": "amod", "ADV": "amod", "DET": "det", "ADP": "case"}.get(
                    graph.upos[part], "nmod"
                )
        elif _kind(graph, last) in {"KN", "SN", "HA"} and graph.native[word] in {"mark", "advmod"}:
            for part in parts:
                graph.head[part] = graph.head[word]
                graph.native[part] = "mark"
            if graph.native[word] == "mark" and _kind(graph, word) in {"AB", "JJ"}:
                graph.native[word] = "advmod"


def _complex_preposition(graph: Graph, word: int, parts: list[int]) -> bool:
    """Let the noun of "med hjälp av" govern what follows; say whether it was such a preposition."""
    content = graph.head[word]
    if len(parts) != 2 or graph.native[word] != "case" or not content:
        return False
    noun, second = parts
    if [_kind(graph, part) for part in (word, noun, second)] != ["PP", "NN", "PP"] or second > content:
        return False
    graph.head[noun], graph.native[noun] = graph.head[content], graph.native[content]
    graph.head[content] = noun
    graph.native[content] = "acl" if graph.upos[content] == "VERB" else "nmod"
    graph.head[word] = noun
    graph.head[second], graph.native[second] = content, "case"
    for child in graph.children(content):
        if child < word and graph.native[child] != "punct":
            graph.head[child] = noun
    return True


def _turn_auxiliaries(graph: Graph, lists: dict[str, frozenset[str]]) -> None:
    """Let verbs that version 1 took for auxiliaries ("behöva", "låta") govern their infinitive."""
    for word in graph.ids():
        if graph.native[word] not in {"aux", "auxpass"} or graph.lemma[word] in lists["auxiliary"]:
            continue
        main = graph.head[word]
        if not main or word > main:
            continue
        graph.head[word], graph.native[word] = graph.head[main], graph.native[main]
        graph.head[main], graph.native[main] = word, "xcomp"
        for child in graph.children(main):
            if child < word and graph.native[child] != "punct":
                graph.head[child] = word


def _turn_copulas(graph: Graph, lists: dict[str, frozenset[str]]) -> None:
    """Lift a predicate that version 1 left under its copula: "är på väg", "är annorlunda"."""
    for word in graph.ids():
        if graph.lemma[word] not in lists["copula"] or graph.native[word] in {"cop", "aux", "auxpass"}:
            continue
        kin = graph.children(word)
        if not any(graph.native[child] in {"nsubj", "csubj", "dep"} for child in kin):
            continue
        for child in kin:
            if child > word and (
                graph.native[child] == "dep"
                or (graph.native[child] == "nmod" and _cased(graph, child))
                or (graph.native[child] == "advmod" and graph.form[child].lower() in lists["predicative"])
            ):
                graph.lift(word, child)
                graph.native[word] = "cop"
                break


def _cased(graph: Graph, word: int) -> bool:
    return any(graph.native[child] == "case" for child in graph.children(word))


def _join_conjuncts(graph: Graph) -> None:
    """Join what version 1 gave one role twice: "ge vänskap (dobj) och kärlek (dobj)"."""
    for word in graph.ids():
        head = graph.head[word]
        if graph.native[word] != "cc" or not head:
            continue
        kin = graph.children(head)
        after = [child for child in kin if child > word and graph.native[child] not in {"punct", "cc"}]
        if not after or graph.native[after[0]] == "conj":
            continue
        last = after[0]
        before = [
            child
            for child in kin
            if child < word and (child < head) == (last < head) and graph.native[child] != "punct"
        ]
        same: list[int] = []
        for child in reversed(before):
            if graph.native[child] != graph.native[last]:
                break
            same.insert(0, child)
        if graph.native[last] not in _JOINED or not same:
            continue
        for child in [*same[1:], last]:
            graph.head[child] = same[0]
            graph.native[child] = "conj"
        graph.head[word] = last


def _turn_coordination(graph: Graph) -> None:
    """Hang conjunctions on the conjunct that follows them."""
    for word in graph.ids():
        if graph.native[word] != "cc":
            continue
        later = [
            child
            for child in graph.children(graph.head[word])
            if child > word and graph.native[child] == "conj"
        ]
        if later and graph.head[word] < word:
            graph.head[word] = later[0]


def _free_leaves(graph: Graph) -> None:
    """Hang on the head what hangs on a preposition, conjunction or subjunction."""
    for word in graph.ids():
        leaf = graph.head[word]
        if (
            leaf
            and graph.native[leaf] in {"case", "cc", "mark"}
            and graph.native[word] in {"advmod", "neg"}
            and graph.head[leaf]
        ):
            graph.head[word] = graph.head[leaf]


def _turn_punctuation(graph: Graph) -> None:
    """Hang the comma between conjuncts on the one that follows; other marks stay."""
    for word in graph.ids():
        if graph.upos[word] != "PUNCT" or not graph.head[word]:
            continue
        top = graph.head[word]
        while graph.head[top] and graph.rel[top] == "conj" and top < word:
            top = graph.head[top]
        for start in dict.fromkeys([graph.head[word], top]):
            later = [child for child in graph.children(start) if child > word and graph.rel[child] == "conj"]
            if (
                later
                and start < word
                and not any(
                    graph.upos[other] != "PUNCT"
                    and graph.head[other] == start
                    and word < other < later[0]
                    and graph.rel[other] not in {"cc", "punct"}
                    for other in graph.ids()
                )
                and _first(graph, later[0]) > word
            ):
                graph.head[word] = later[0]
                break


def _first(graph: Graph, word: int) -> int:
    """Give the first word of a subtree that is no punctuation."""
    return next((one for one in graph.subtree(word) if graph.upos[one] != "PUNCT"), word)


def _tag(graph: Graph, word: int, lists: dict[str, frozenset[str]]) -> None:
    old, kind, native = graph.upos[word], _kind(graph, word), graph.native[word]
    lemma, lower, feats = graph.lemma[word], graph.lower[word], graph.feats[word]
    if old == "VERB" and native in {"aux", "auxpass", "cop"}:
        graph.upos[word] = "AUX"
    elif kind == "PL":
        graph.upos[word] = "ADV"
    elif kind == "KN":
        graph.upos[word] = "CCONJ"
        if lower in lists["comparison"] and native != "cc":
            graph.upos[word] = "SCONJ"
    elif kind == "DT" and lemma in lists["adjective"]:
        graph.upos[word] = "ADJ"
        feats.update({"Case": "Nom", "Degree": "Pos"})
    elif kind in {"DT", "HD"}:
        graph.upos[word] = "DET"
    elif kind in {"PS", "HS"}:
        graph.upos[word] = "PRON"
    elif lower in lists["negation"]:
        graph.upos[word] = "PART"
        feats["Polarity"] = "Neg"
    elif kind == "HA" and lower in lists["time"] and _opens_adverbial(graph, word):
        graph.upos[word] = "SCONJ"
        graph.native[word] = "mark"
    elif old == "CONJ":
        graph.upos[word] = "CCONJ"
    _features(graph, word, lists)
    _lemma(graph, word, lists)


def _lemma(graph: Graph, word: int, lists: dict[str, frozenset[str]]) -> None:
    """Follow the lemmas of version 2: "den" is no form of "en", and a participle is its own lemma."""
    lower, kind = graph.lower[word], _kind(graph, word)
    if kind in {"DT", "PN"} and lower in lists["definite_singular"]:
        graph.lemma[word] = min(lists["definite_singular"])
    elif (
        (kind in {"DT", "PN"} and lower in lists["definite_plural"])
        or kind == "RO"
        or (kind == "PC" and graph.feats[word].get("Tense") == "Pres" and not lower.endswith("s"))
    ):
        graph.lemma[word] = lower


def _opens_adverbial(graph: Graph, word: int) -> bool:
    head = graph.head[word]
    if graph.native[word] in {"mark", "case"}:
        return True
    return graph.native[head] == "advcl" and word == graph.subtree(head)[0]


def _features(graph: Graph, word: int, lists: dict[str, frozenset[str]]) -> None:
    kind, lemma, feats = _kind(graph, word), graph.lemma[word], graph.feats[word]
    if kind == "VB" and lemma.endswith("s"):
        feats.pop("Voice", None)  # deponent: "finns", "hoppas"
    if kind == "VB" and feats.get("VerbForm") == "Fin" and "Mood" not in feats:
        feats["Mood"] = "Ind"
    elif kind == "RG":
        feats["NumType"] = "Card"
    elif kind == "RO":
        feats["NumType"] = "Ord"
    elif kind == "PC":
        feats.setdefault("Degree", "Pos")
        feats["VerbForm"] = "Part"
        _adjective(graph, word)
    elif kind == "JJ":
        _adjective(graph, word)
    elif kind == "PS":
        feats.update({"Poss": "Yes", "PronType": "Prs"})
    elif kind == "HS":
        feats.update({"Poss": "Yes", "PronType": "Rel"})
    elif kind == "HP":
        feats["PronType"] = "Int" if lemma in lists["interrogative"] else "Rel"
        feats.pop("Gender", None)
    elif kind == "HD":
        feats["PronType"] = "Int"
    elif kind in {"DT", "PN"} and graph.upos[word] in {"DET", "PRON"}:
        feats["PronType"] = "Art" if kind == "DT" else "Prs"
        for name, value in (
            ("demonstrative", "Dem"),
            ("total", "Tot"),
            ("indefinite", "Ind"),
            ("none", "Neg"),
        ):
            if lemma in lists[name]:
                feats["PronType"] = value


def _adjective(graph: Graph, word: int) -> None:
    """Settle definiteness that the tag leaves open ("nya bilar", "de nya bilarna") by the noun."""
    marks, feats, head = graph.tag[word].split("|"), graph.feats[word], graph.head[word]
    if "PLU" in marks and "IND/DEF" in marks:
        near = [head, *graph.children(head), *graph.children(word)] if head else [word]
        kinds = {"NN", "DT"}
        definite = graph.native[word] == "amod" and any(
            _kind(graph, one) in kinds and "DEF" in graph.tag[one].split("|") for one in near
        )
        feats["Definite"] = "Def" if definite else "Ind"
    if feats.get("Definite") == "Def":
        feats.pop("Number", None)


def _compares(graph: Graph, word: int) -> bool:
    """Say whether a word is a bare noun after "än" or "som": no clause."""
    kin = [graph.native[child] for child in graph.children(word)]
    return (
        graph.native[word] == "advcl"
        and graph.upos[word] in {"NOUN", "PROPN", "PRON", "NUM"}
        and not {"cop", "aux", "nsubj"} & set(kin)
    )


def _label(graph: Graph, word: int, lists: dict[str, frozenset[str]]) -> str:
    native, upos, head = graph.native[word], graph.upos[word], graph.head[word]
    if head == 0:
        return "root"
    if upos == "PUNCT" and native == "root":
        return "punct"
    if native in _RENAMED and native not in {"nsubjpass", "csubjpass"}:
        return _RENAMED[native]
    if native == "nmod":
        kin = [graph.native[child] for child in graph.children(head)]
        return "obl" if graph.upos[head] in _PREDICATES or "cop" in kin else "nmod"
    if native == "det" and upos == "ADJ":
        return "amod"
    if native == "mark" and upos == "ADP":
        return "case"
    kin = [graph.native[child] for child in graph.children(word)]
    if native == "case":
        inner = [graph.native[child] for child in graph.children(head)]
        return "mark" if graph.upos[head] in {"VERB", "AUX"} or "mark" in inner else "case"
    if native == "mark" and graph.lower[word] in lists["comparison"] and _compares(graph, head):
        if graph.lower[word] in lists["preposition"]:
            graph.upos[word] = "ADP"
        return "case"
    if native == "advcl" and _compares(graph, word):
        return "obl"
    if native in {"nsubjpass", "csubjpass"} and graph.feats[head].get("Voice") != "Pass":
        return "nsubj:pass" if "auxpass" in [graph.native[c] for c in graph.children(head)] else "nsubj"
    if native == "conj" and graph.upos[word] == "VERB" and "cc" not in kin:
        others = [c for c in graph.children(head) if graph.native[c] == "conj" and c > word]
        if not others:
            return "parataxis"
    if native == "ccomp" and graph.feats[word].get("VerbForm") == "Inf":
        return "ccomp" if {"nsubj", "nsubjpass", "expl"} & set(kin) else "xcomp"
    return _RENAMED.get(native, native)

"""The mutants of a C++ file: what can be changed in it, one token or one statement a mutant.

Reads tokens, not the language: in this tree binary operators stand between blanks, and neither template brackets nor
the `&` and `*` of a type do. Comments, strings, characters, preprocessor lines and assertions are left alone.
"""

import re
import typing

TOKEN = re.compile(r"""
    (?P<skip> //[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | ^[ \t]*\#(?:\\\n|[^\n])* )
  | (?P<number> (?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*\b )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<operator> <<=|>>=|->|::|\+\+|--|&&|\|\||[<>=!+\-*/%&|^]=|<<|>>|[-+*/%&|^<>=!~?:;,.(){}\[\]] )
""", re.VERBOSE | re.DOTALL | re.MULTILINE)

# Binary operators, between blanks; what each becomes.
BINARY = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
    "&&": ("||",), "||": ("&&",), "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("*",),
    "<<": (">>",), ">>": ("<<",), "&": ("|",), "|": ("&",), "^": ("&",),
    "+=": ("-=",), "-=": ("+=",), "*=": ("/=",), "/=": ("*=",), "|=": ("&=",), "&=": ("|=",), "^=": ("|=",),
    "<<=": (">>=",), ">>=": ("<<=",),
}
UNARY = {"++": ("--",), "--": ("++",), "!": ("",)}
WORDS = {"true": ("false",), "false": ("true",)}
ASSERTIONS = {"static_assert", "MAILMOTE_ASSERT"}

# A statement that begins with one of these is neither a call nor an assignment.
KEYWORDS = set("""auto bool break case catch char class const constexpr continue default delete do double else enum
    extern float for friend goto if inline int long namespace new operator private protected public return short signed
    static static_assert struct switch template throw try typedef typename union unsigned using virtual void
    while""".split())
LEAVING = {"return", "break", "continue"}
ASSIGNING = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "++", "--"}
DECLARATION = re.compile(r"[\w:]+(?:<[^;=]*>)?[&*]*\s+[&*]*(?:const\s+)?\w+\s*(?:[=({;\[,]|$)")


class Token(typing.NamedTuple):
    kind: str
    text: str
    begin: int
    end: int


class Mutant(typing.NamedTuple):
    """One change. Known by its file and text, not by its line's number, which shifts with every edit."""

    file: str  # from the root of the tree
    original: str  # the line or lines it is in
    mutated: str
    occurrence: int  # of lines that read the same, in the order of the file
    line: int
    begin: int  # octets of the file that are replaced
    end: int
    text: str  # what replaces them

    @property
    def key(self):
        return f"{self.file}|{self.original}|{self.mutated}|{self.occurrence}"

    def apply(self, text):
        return text[: self.begin] + self.text + text[self.end :]


def tokens_of(text):
    return [Token(match.lastgroup, match.group(), match.start(), match.end())
            for match in TOKEN.finditer(text) if match.lastgroup != "skip"]


def partners(tokens):
    """For each bracket's index the other's; and for each token the bracket that it stands in (-1: none)."""
    other, inside, stack = {}, [], []
    for index, token in enumerate(tokens):
        if token.kind == "operator" and token.text in ")}]" and stack:
            other[index] = stack[-1]
            other[stack.pop()] = index
        inside.append(stack[-1] if stack else -1)
        if token.kind == "operator" and token.text in "({[":
            stack.append(index)
    return other, inside


def in_assertions(tokens, other):
    """Indices of the tokens of assertions."""
    found = set()
    for index, token in enumerate(tokens[:-1]):
        if token.text in ASSERTIONS and tokens[index + 1].text == "(":
            found.update(range(index, other[index + 1] + 1))
    return found


def is_between_blanks(text, token):
    return text[token.begin - 1].isspace() and text[token.end].isspace()


def counted(number):
    """An integer literal, one more and one less."""
    digits = number.rstrip("uUlL")
    suffix, value = number[len(digits):], int(digits, 0) if not re.fullmatch(r"0\d+", digits) else int(digits, 8)
    for changed in (value + 1, value - 1):
        if changed >= 0:
            yield (hex(changed) if digits[:2] in ("0x", "0X") else str(changed)) + suffix


def token_changes(text, tokens, index):
    token = tokens[index]
    if token.kind == "number":
        return counted(token.text)
    if token.kind == "word":
        return WORDS.get(token.text, ())
    if token.text in UNARY:
        return UNARY[token.text]
    is_name = tokens[index - 1].text in ("template", "operator")
    return BINARY[token.text] if token.text in BINARY and is_between_blanks(text, token) and not is_name else ()


def begins_statement(tokens, index, other, inside):
    """None, or "guarded" behind `if (...)`, or "plain"."""
    if inside[index] >= 0 and tokens[inside[index]].text != "{":
        return None
    before = tokens[index - 1].text if index else ";"
    if before == ")":
        header = tokens[other[index - 1] - 1].text
        return {"if": "guarded", "while": "plain", "for": "plain"}.get(header)
    return "plain" if before in (";", "{", "}", "else", ":") else None


def end_of_statement(tokens, index, other):
    """The index of its semicolon, or None when the brackets around it end before."""
    while index < len(tokens):
        text = tokens[index].text
        if text == ";":
            return index
        if text in "({[":
            index = other[index]
        elif text in ")}]":
            return None
        index += 1
    return None


def is_droppable(text, tokens, index, end, how):
    first = tokens[index]
    if first.text in LEAVING:
        return how == "guarded"
    if first.text in KEYWORDS or (first.kind != "word" and first.text not in ("*", "++", "--", "(")):
        return False
    statement = text[first.begin : tokens[end].begin]
    if DECLARATION.match(statement):
        return False
    return tokens[end - 1].text == ")" or any(token.text in ASSIGNING for token in tokens[index:end])


def changes(text):
    """(begin, end, new text) of each change of the file."""
    tokens = tokens_of(text)
    other, inside = partners(tokens)
    left_alone = in_assertions(tokens, other)
    for index, token in enumerate(tokens):
        if index in left_alone:
            continue
        for changed in token_changes(text, tokens, index):
            yield token.begin, token.end, changed
        how = begins_statement(tokens, index, other, inside)
        end = end_of_statement(tokens, index, other) if how else None
        if end is not None and is_droppable(text, tokens, index, end, how):
            yield token.begin, tokens[end].begin, ""


def flat(text):
    return " ".join(text.split())


def mutants_of(file, text):
    """All mutants of a file, whose path from the root of the tree is `file`."""
    seen = {}  # lines that read the same: where the first octet of each is
    found = []
    for begin, end, changed in changes(text):
        first, last = text.rfind("\n", 0, begin) + 1, text.find("\n", end)
        original = flat(text[first:last])
        places = seen.setdefault(original, [])
        if first not in places:
            places.append(first)
        found.append(Mutant(file, original, flat(text[first:begin] + changed + text[end:last]), places.index(first) + 1,
                            text.count("\n", 0, begin) + 1, begin, end, changed))
    return found

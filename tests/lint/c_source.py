# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks need to know of a C file: its code without comments and literals, its includes, its functions."""
import re

LITERAL_OR_COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.)*", re.M | re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)
DECISION = re.compile(r"\b(?:if|for|while|case)\b|&&|\|\||\?")
KEYWORDS = {"if", "for", "while", "switch", "return", "sizeof", "do", "else", "_Alignof", "_Generic", "_Static_assert"}
NAME_BEFORE_PAREN = re.compile(r"\b([A-Za-z_]\w*)\s*\(")


def blank(match):
    """The same number of lines and columns, with nothing in them; a literal keeps its quotes."""
    text = match.group(0)
    kept = re.sub(r"[^\n]", " ", text)
    return text[0] + kept[1:-1] + text[-1] if text[0] in "\"'" else kept


def without_comments(text):
    """Comments blanked, literals left whole."""
    return LITERAL_OR_COMMENT.sub(lambda m: m.group(0) if m.group(0)[0] in "\"'" else blank(m), text)


def code_only(text):
    """Comments, literals and preprocessor lines blanked: lines and columns stay."""
    return DIRECTIVE.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), LITERAL_OR_COMMENT.sub(blank, text))


def includes(text):
    """(line, quoted?, header) of each include."""
    plain = without_comments(text)
    return [(plain.count("\n", 0, m.start()) + 1, m.group(1) == '"', m.group(2)) for m in INCLUDE.finditer(plain)]


def line_of(code, at):
    return code.count("\n", 0, at) + 1


class Function:
    def __init__(self, name, line, lines, complexity):
        self.name, self.line, self.lines, self.complexity = name, line, lines, complexity


def complexity_of(body):
    """McCabe's number: one, and one for each decision. Labels in a row lead to the same place and count once."""
    joined = re.sub(r"(\bcase\b[^:;{}]*:\s*)+(?:default\s*:)?", "case :", body)
    return 1 + len(DECISION.findall(joined))


def functions(text):
    """Every function definition in the file."""
    code = code_only(text)
    found, depth, head = [], 0, 0
    at = 0
    while at < len(code):
        c = code[at]
        if c == "{" and depth == 0:
            name = definition_name(code[head:at])
            end = closing(code, at)
            if name:
                start = head + len(code[head:at]) - len(code[head:at].lstrip())
                first, last = line_of(code, start), line_of(code, end)
                found.append(Function(name, first, last - first + 1, complexity_of(code[at:end + 1])))
            at = end
            head = at + 1
        elif c == ";" and depth == 0:
            head = at + 1
        elif c == "(":
            depth += 1
        elif c == ")":
            depth = max(0, depth - 1)
        at += 1
    return found


def closing(code, at):
    depth = 0
    for i in range(at, len(code)):
        if code[i] == "{":
            depth += 1
        elif code[i] == "}":
            depth -= 1
            if depth == 0:
                return i
    return len(code) - 1


def definition_name(head):
    """The name that a declarator before a brace defines as a function, or None (a struct, an enum, an initialiser)."""
    if not head.rstrip().endswith(")") or re.search(r"(?<![=!<>])=(?!=)", head):
        return None
    for match in NAME_BEFORE_PAREN.finditer(head):
        if match.group(1) not in KEYWORDS and match.group(1) != "__attribute__":
            return match.group(1)
    return None

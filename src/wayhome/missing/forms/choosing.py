"""What several forms offer to choose from."""

from wayhome.codelists import Code, load


def return_methods() -> list[tuple[str, str]]:
    """How children come back, as codes with their words."""
    return offered("return_method")


def push_reasons() -> list[tuple[str, str]]:
    """What children get away from, as codes with their words."""
    return offered("push_reason")


def pull_reasons() -> list[tuple[str, str]]:
    """What children go towards, as codes with their words."""
    return offered("pull_reason")


def languages() -> list[tuple[str, str]]:
    """Languages people talk in, as codes with their words."""
    return offered("language")


def offered(name: str) -> list[tuple[str, str]]:
    """A list without the codes that were withdrawn."""
    return [(code.code, code.label) for code in load(name) if is_current(code)]


def is_current(code: Code) -> bool:
    """True for a code without a last day."""
    return code.valid_to is None

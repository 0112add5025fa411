"""Claims and blocks on units, with the guards by which the database itself refuses an overlap."""

from .blocking import add_block, find_blocks, remove_blocks
from .claiming import (
    NewClaim,
    add_claims,
    confirm_claims,
    cut_claims,
    find_claims,
    move_claims,
    release_claims,
)
from .guards import check_guards, expected_guards, install_guards, installed_guards, remove_guards
from .tables import BLOCK_KINDS, CLAIM_KINDS, Block, Claim

__all__ = [
    "BLOCK_KINDS",
    "CLAIM_KINDS",
    "Block",
    "Claim",
    "NewClaim",
    "add_block",
    "add_claims",
    "check_guards",
    "confirm_claims",
    "cut_claims",
    "expected_guards",
    "find_blocks",
    "find_claims",
    "install_guards",
    "installed_guards",
    "move_claims",
    "release_claims",
    "remove_blocks",
    "remove_guards",
]

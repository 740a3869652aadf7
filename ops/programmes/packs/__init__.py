"""Evidence packs: a programme's year in one file that can be checked without the system.

证据包 pack: the form, the records behind each figure, the proofs, and a manifest of hashes.
"""

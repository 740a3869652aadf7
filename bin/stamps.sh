# Sourced by the set-up scripts: a step is done again only when what it reads has changed.

# fingerprint FILE...: of the files' names and content, of where this folder lies and of its Python
# (an environment moves with neither)
fingerprint() {
    { pwd; "${PYTHON:-python3}" --version; sha256sum "$@"; } 2>&1 | sha256sum | cut -d ' ' -f 1
}

# is_done STEP FINGERPRINT
is_done() {
    [ -f ".setup/$1" ] && [ "$(cat ".setup/$1")" = "$2" ]
}

# mark_done STEP FINGERPRINT
mark_done() {
    mkdir -p .setup
    printf '%s\n' "$2" >".setup/$1"
}

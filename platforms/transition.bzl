"""The one transition to wasm32-emscripten."""

# Every flag that could leak from a command line into the wasm32 configuration is set here, so that one
# target has one configuration and therefore one cache entry, whatever the user typed.
_SETTINGS = {
    "//command_line_option:compilation_mode": "opt",
    "//command_line_option:conlyopt": [],
    "//command_line_option:copt": [],
    "//command_line_option:cpu": "wasm32",
    "//command_line_option:cxxopt": [],
    "//command_line_option:dynamic_mode": "off",
    "//command_line_option:features": [],
    "//command_line_option:linkopt": [],
    "//command_line_option:platforms": [Label("//platforms:wasm32-emscripten")],
    "//command_line_option:strip": "never",
}

def _wasm32_transition_impl(_settings, _attr):
    return _SETTINGS

wasm32_transition = transition(
    implementation = _wasm32_transition_impl,
    inputs = [],
    outputs = _SETTINGS.keys(),
)
